/** A part of a text, and whether it is a placeholder that nothing filled in. */
export interface TextPart {
  readonly text: string;
  readonly isMissing: boolean;
}

/** @param missing the paths after `input.` that the input does not have */
export function markMissing(text: string, missing: readonly string[]): TextPart[] {
  if (missing.length === 0) return [{ text, isMissing: false }];
  return text.split(/(\{\{[^{}]*\}\})/).flatMap((part): TextPart[] => {
    if (part === '') return [];
    const [, path] = /^\{\{\s*input\.(.*?)\s*(?:\|\s*json\s*)?\}\}$/.exec(part) ?? [];
    return [{ text: part, isMissing: path !== undefined && missing.includes(path) }];
  });
}
