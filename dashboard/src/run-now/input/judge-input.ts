import type { Json, JsonObject } from '../../../../functions/domain/json';
import type { Input } from '../../../../functions/domain/workflow/input/declaration';
import { isObject } from '../../parts/json';
import { boundsOf, choicesOf, limitsInWords, valueInWords } from '../../workflow/input-words';
import type { Declared } from '../../workflow/declared-inputs';

/** The codes are those of the API, which a property test compares with these. */
export interface InputFault {
  readonly code: 'required' | 'invalid_type' | 'invalid_value' | 'too_small' | 'too_big';
  readonly text: string;
}

const maxShownChoices = 10;

/** What the API would refuse about the declared part of an input, by name, in the order of the declarations. */
export function judgeInput(declared: readonly Declared[], input: JsonObject): ReadonlyMap<string, InputFault> {
  const faults = declared.flatMap(([name, one]): [string, InputFault][] => {
    const value = Object.hasOwn(input, name) ? input[name] : undefined;
    const fault = value === undefined ? missingFault(one) : valueFault(one, value);
    return fault === undefined ? [] : [[name, fault]];
  });
  return new Map(faults);
}

function missingFault(input: Input): InputFault | undefined {
  if (input.required !== true) return undefined;
  return {
    code: 'required',
    text: choicesOf(input) === undefined ? 'Required: enter a value.' : 'Required: choose one.',
  };
}

function valueFault(input: Input, value: Json): InputFault | undefined {
  const size = sizeOf(input.type, value);
  if (size === undefined) return { code: 'invalid_type', text: `Must be ${needed[input.type] ?? input.type}.` };
  const choices = choicesOf(input);
  if (choices !== undefined && !choices.some((choice) => choice === value))
    return { code: 'invalid_value', text: `Must be one of: ${listOf(choices)}.` };
  const { min, max } = boundsOf(input);
  const text = `Must ${input.type === 'string' || input.type === 'array' ? 'have' : 'be'} ${inSentence(input)}.`;
  if (min !== undefined && size < min) return { code: 'too_small', text };
  if (max !== undefined && size > max) return { code: 'too_big', text };
  return undefined;
}

const needed: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'a JSON object, such as {"name": "Ada"}',
  array: 'a JSON list, such as ["a", "b"]',
};

/** What `min` and `max` are compared with, and 0 where they do not exist; undefined for a value of another type. */
function sizeOf(type: Input['type'], value: Json): number | undefined {
  switch (type) {
    case 'string':
      // Counted in characters as JSON Schema does, and not in the units in which JavaScript stores them.
      return typeof value === 'string' ? Array.from(value).length : undefined;
    case 'number':
      return typeof value === 'number' ? value : undefined;
    case 'integer':
      return Number.isSafeInteger(value) ? Number(value) : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? 0 : undefined;
    case 'object':
      return isObject(value) ? 0 : undefined;
    case 'array':
      return Array.isArray(value) ? value.length : undefined;
    // A type of a later release, which its API judges.
    default:
      return 0;
  }
}

/** `at least 2 characters`, `2 to 20 characters`. */
function inSentence(input: Input): string {
  const limits = limitsInWords(input) ?? '';
  return limits.charAt(0).toLowerCase() + limits.slice(1);
}

function listOf(choices: readonly unknown[]): string {
  const first = choices.slice(0, maxShownChoices).map((choice) => valueInWords(choice));
  const more = choices.length - maxShownChoices;
  return `${first.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
