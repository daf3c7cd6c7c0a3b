import { forbiddenInNames } from '../../../functions/domain/text';

const harmful = new RegExp(`[${forbiddenInNames}]`, 'g');

/**
 * Makes text that tenants wrote harmless on a terminal: control characters could move the cursor or change what was
 * printed before, and direction marks could display one word as another.
 */
export function printable(text: string): string {
  return text.replace(harmful, (character) => (character === '\n' ? '\\n' : escaped(character)));
}

/**
 * The JSON of a value, as harmless as {@link printable} text: `JSON.stringify` escapes only the controls below U+0020. Its
 * own line breaks stay, and a parser reads the same value.
 *
 * @param indent spaces for each level; without it, the JSON is one line
 */
export function printableJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(harmful, (character) =>
    character === '\n' ? character : escaped(character),
  );
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
