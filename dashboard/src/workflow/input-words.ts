import type { Input } from '../../../functions/domain/workflow/input/declaration';
import { number } from '../parts/plural';

const maxShownCharacters = 80;

/** The type of an input as people name it: `Whole number`. */
export function typeInWords({ type }: Input): string {
  const words: Readonly<Record<string, string>> = {
    string: 'Text',
    number: 'Number',
    integer: 'Whole number',
    boolean: 'Yes or no',
    object: 'JSON object',
    array: 'JSON list',
  };
  return words[type] ?? type;
}

/** What `min` and `max` say: `2 to 20 characters`. Undefined if there is no limit. */
export function limitsInWords(input: Input): string | undefined {
  const { min, max } = boundsOf(input);
  const unit = units[input.type];
  const one = unit === undefined ? '' : ` ${unit}`;
  const many = unit === undefined ? '' : ` ${unit}s`;
  if (min === undefined && max === undefined) return undefined;
  if (min === undefined) return `At most ${shown(max)}${max === 1 ? one : many}`;
  if (max === undefined) return `At least ${shown(min)}${min === 1 ? one : many}`;
  return min === max ? `Exactly ${shown(min)}${min === 1 ? one : many}` : `${shown(min)} to ${shown(max)}${many}`;
}

/** A value of an input for a sentence: a text in quotation marks, anything else as JSON. Long ones are cut. */
export function valueInWords(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const cut = text.length > maxShownCharacters ? `${text.slice(0, maxShownCharacters)}…` : text;
  return typeof value === 'string' ? `“${cut}”` : cut;
}

/** The values to choose from; undefined if any value of the type will do. */
export function choicesOf(input: Input): readonly (string | number | boolean)[] | undefined {
  if (input.type === 'boolean') return [true, false];
  return 'enum' in input ? input.enum : undefined;
}

export function boundsOf(input: Input): { readonly min?: number | undefined; readonly max?: number | undefined } {
  return 'min' in input || 'max' in input ? input : {};
}

const units: Readonly<Record<string, string>> = { string: 'character', array: 'item' };

function shown(bound: number | undefined): string {
  return bound === undefined ? '' : Number.isInteger(bound) ? number(bound) : String(bound);
}
