import type { DraftStep } from './recipe';

/** The names of the inputs that the texts of some steps name, in their order. */
export function namedInputs(steps: readonly DraftStep[]): readonly string[] {
  const names = new Set<string>();
  for (const { message, payload, type } of steps) {
    for (const [, name = ''] of textOf(type, message, payload).matchAll(/\{\{\s*input\.([A-Za-z]\w*)/g))
      names.add(name);
  }
  return [...names];
}

function textOf(type: DraftStep['type'], message: string, payload: string): string {
  return type === 'log' ? message : type === 'fire_webhook_event' ? payload : '';
}

/** The same text with another name of an input in its placeholders. */
export function withName(text: string, from: string, to: string): string {
  return text.replace(placeholderOf(from), `$1${to}`);
}

function placeholderOf(name: string): RegExp {
  return new RegExp(String.raw`(\{\{\s*input\.)${escaped(name)}(?=[\s.|}])`, 'g');
}

/** A name as a button can show it on a phone. */
export function cut(name: string): string {
  return name.length > maxShownCharacters ? `${name.slice(0, maxShownCharacters)}…` : name;
}

function escaped(name: string): string {
  return name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** Renames an input in the texts of all steps. Steps that do not name it stay the same objects. */
export function renamedIn(steps: readonly DraftStep[], from: string, to: string): readonly DraftStep[] {
  return steps.map((step) => {
    const message = withName(step.message, from, to);
    const payload = withName(step.payload, from, to);
    return message === step.message && payload === step.payload ? step : { ...step, message, payload };
  });
}

/** In how many texts an input is named. */
export function usesOf(steps: readonly DraftStep[], name: string): number {
  const texts = steps.flatMap(({ message, payload }) => [message, payload]);
  return texts.filter((text) => withName(text, name, '') !== text).length;
}

const maxShownCharacters = 22;

/** What a warning of the API offers to write instead. */
export interface Suggestion {
  /** What the button says. */
  readonly label: string;
  readonly apply: (text: string) => string;
}

/** The suggestions in the sentences of warnings. The API says them to every caller in the same words. */
export function suggestionsIn(warning: string | undefined): readonly Suggestion[] {
  if (warning === undefined) return [];
  const names = [...warning.matchAll(/(\S+) is not an input of this recipe: did you mean (\w+)\?/g)];
  const wholes = [...warning.matchAll(/(\{\{[^{}]*\}\}) is never filled in: did you mean (\{\{input\.[^{}]*\}\})\?/g)];
  return [
    ...names.map(([, from = '', to = '']) => ({
      label: `Use ${cut(to)}`,
      apply: (text: string) => withName(text, from, to),
    })),
    ...wholes.map(([, from = '', to = '']) => ({
      label: `Use ${cut(to)}`,
      apply: (text: string) => text.replaceAll(from, () => to),
    })),
  ];
}

/** A placeholder as it is put into a text. In JSON outside of quotation marks it brings its own. */
export function placeholderFor(name: string, type: string, before: string, isJson: boolean): string {
  const plain = `{{input.${name}}}`;
  if (!isJson || isInString(before)) return plain;
  // Alone in its text, it can keep its type.
  return type === 'string' ? `"${plain}"` : `"{{input.${name} | json}}"`;
}

function isInString(before: string): boolean {
  return (before.replaceAll(/\\./g, '').split('"').length - 1) % 2 === 1;
}
