import type { Json } from '../../../../functions/domain/json';
import type { Input } from '../../../../functions/domain/workflow/input/declaration';
import { isObject, parseJson } from '../../parts/json';
import { boundsOf, choicesOf } from '../../workflow/input-words';
import { readNumber } from './read-number';

/** What stands in the field of one input. */
export interface FieldText {
  /** As typed; of a choice, the JSON of the chosen value. Empty means that the input is left out. */
  readonly text: string;
  /** Whether a field without text sends an empty text instead of being left out. */
  readonly sendsEmpty: boolean;
}

export const emptyField: FieldText = { text: '', sendsEmpty: false };

/** Which kind of field shows an input. */
export type FieldKind = 'text' | 'number' | 'choice' | 'json';

export function kindOf(input: Input): FieldKind {
  if (choicesOf(input) !== undefined) return 'choice';
  if (input.type === 'string') return 'text';
  return input.type === 'number' || input.type === 'integer' ? 'number' : 'json';
}

/** Whether an empty text is a value that the input accepts. */
export function acceptsEmpty(input: Input): boolean {
  return kindOf(input) === 'text' && (boundsOf(input).min ?? 0) === 0;
}

/** The value of a field: `undefined` if the input is left out. */
export type ReadField =
  { readonly value: Json | undefined; readonly fault?: never } | { readonly value?: never; readonly fault: string };

export function readField(input: Input, { text, sendsEmpty }: FieldText): ReadField {
  const kind = kindOf(input);
  if (kind === 'text') return { value: text === '' && !sendsEmpty ? undefined : text };
  if (text.trim() === '') return { value: undefined };
  return kind === 'number' ? readNumber(text) : readJson(text);
}

/** The text that shows a value in the field of an input. Undefined if the field cannot show it. */
export function fieldOf(input: Input, value: Json): FieldText | undefined {
  const text = textOf(input, value);
  return text === undefined ? undefined : { text, sendsEmpty: text === '' };
}

function textOf(input: Input, value: Json): string | undefined {
  switch (kindOf(input)) {
    case 'choice':
      return choicesOf(input)?.some((choice) => choice === value) === true ? JSON.stringify(value) : undefined;
    case 'text':
      return typeof value === 'string' ? value : undefined;
    case 'number':
      return typeof value === 'number' ? JSON.stringify(value) : undefined;
    case 'json':
      return isObject(value) || Array.isArray(value) ? JSON.stringify(value, null, 2) : undefined;
  }
}

function readJson(text: string): ReadField {
  try {
    return { value: parseJson(text) };
  } catch (error) {
    return { fault: `The text cannot be used as JSON. ${error instanceof Error ? error.message : String(error)}` };
  }
}
