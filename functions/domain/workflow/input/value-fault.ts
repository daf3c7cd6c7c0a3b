import { isPlainObject } from '../../json';

/** What a declaration says of the values that it accepts. */
export interface Bounds {
  readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array';
  readonly enum?: readonly (string | number)[] | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

export interface ValueFault {
  /** The words that zod uses for the same faults of a body. */
  readonly code: 'invalid_type' | 'invalid_value' | 'too_small' | 'too_big';
  readonly detail: string;
}

/** Choices are shown as long as a sentence can hold them. */
const maxShownChoices = 10;
const maxShownCharacters = 60;

/** The first thing that is wrong with a value, or undefined if the declaration accepts it. */
export function valueFault(bounds: Bounds, value: unknown): ValueFault | undefined {
  const size = sizeOf(bounds.type, value);
  if (size === undefined) return { code: 'invalid_type', detail: `Must be ${typeInWords(bounds.type)}.` };
  if (bounds.enum !== undefined && !bounds.enum.some((choice) => choice === value)) {
    return { code: 'invalid_value', detail: `Must be one of: ${shown(bounds.enum)}.` };
  }
  if (bounds.min !== undefined && size < bounds.min) {
    return { code: 'too_small', detail: `Must ${measured(bounds.type, 'at least', bounds.min)}.` };
  }
  if (bounds.max !== undefined && size > bounds.max) {
    return { code: 'too_big', detail: `Must ${measured(bounds.type, 'at most', bounds.max)}.` };
  }
  return undefined;
}

/** `a string`, `a whole number`. */
export function typeInWords(type: Bounds['type']): string {
  const words = {
    string: 'a string',
    number: 'a number',
    integer: 'a whole number',
    boolean: 'true or false',
    object: 'an object',
    array: 'a list',
  };
  return words[type];
}

/**
 * What `min` and `max` are compared with, and 0 where they do not exist; undefined for a value of another type. The length of
 * a string is that of JSON Schema: its characters, not the units in which JavaScript stores them.
 */
function sizeOf(type: Bounds['type'], value: unknown): number | undefined {
  switch (type) {
    case 'string':
      return typeof value === 'string' ? Array.from(value).length : undefined;
    case 'number':
      return typeof value === 'number' ? value : undefined;
    case 'integer':
      return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? 0 : undefined;
    case 'object':
      return isPlainObject(value) ? 0 : undefined;
    case 'array':
      return Array.isArray(value) ? value.length : undefined;
  }
}

function measured(type: Bounds['type'], bound: 'at least' | 'at most', limit: number): string {
  const unit = type === 'string' ? 'character' : type === 'array' ? 'item' : undefined;
  return unit === undefined ? `be ${bound} ${limit}` : `have ${bound} ${limit} ${unit}${limit === 1 ? '' : 's'}`;
}

function shown(choices: readonly (string | number)[]): string {
  const first = choices.slice(0, maxShownChoices).map((choice) => {
    const text = String(choice);
    return text.length > maxShownCharacters ? `${text.slice(0, maxShownCharacters)}…` : text;
  });
  return choices.length > maxShownChoices
    ? `${first.join(', ')} and ${choices.length - maxShownChoices} more`
    : first.join(', ');
}
