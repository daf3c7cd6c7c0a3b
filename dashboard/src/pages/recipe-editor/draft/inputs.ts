import type { Json, JsonObject } from '../../../../../functions/domain/json';
import type { InputType } from '../../../../../functions/domain/workflow/input/declaration';
import { isObject, parseJson } from '../../../parts/json';

/** A declared input as the form holds it: the texts typed into its fields, valid or not. */
export interface DraftInput {
  /** Identifies the input while its name changes. */
  readonly key: string;
  readonly name: string;
  readonly type: InputType;
  readonly description: string;
  readonly isRequired: boolean;
  readonly default: string;
  readonly example: string;
  /** The values to choose from, one on each line. */
  readonly choices: string;
  readonly min: string;
  readonly max: string;
  /** A declaration that the form has no fields for. It is shown as JSON and saved unchanged. */
  readonly raw?: Json;
}

/** Every type there is, as people call it. */
export const inputTypes: Readonly<Record<InputType, string>> = {
  string: 'Text',
  number: 'Number',
  integer: 'Whole number',
  boolean: 'Yes or no',
  object: 'Object',
  array: 'List',
};

export function isInputType(name: unknown): name is InputType {
  return typeof name === 'string' && Object.hasOwn(inputTypes, name);
}

export function newInput(name = ''): DraftInput {
  const texts = { description: '', default: '', example: '', choices: '', min: '', max: '' };
  return { key: crypto.randomUUID(), name, type: 'string', isRequired: false, ...texts };
}

/** Undefined if it is no object of declarations, which can then be edited only as JSON. */
export function draftInputsOf(inputs: Json | undefined): readonly DraftInput[] | undefined {
  if (inputs === undefined) return [];
  if (!isObject(inputs)) return undefined;
  return Object.entries(inputs).map(([name, declared]) => {
    const typed = typedInputOf(declared);
    const blank = newInput(name);
    // A declaration that would not be written as it was read stays as it is.
    return typed === undefined ? { ...blank, raw: declared } : { ...blank, ...typed };
  });
}

function typedInputOf(declared: Json): Partial<DraftInput> | undefined {
  if (!isObject(declared)) return undefined;
  const {
    type,
    description = '',
    required = false,
    default: value,
    example,
    enum: choices,
    min,
    max,
    ...rest
  } = declared;
  if (!isInputType(type) || typeof description !== 'string' || typeof required !== 'boolean') return undefined;
  if (Object.keys(rest).length > 0) return undefined;
  const typed = {
    type,
    description,
    isRequired: required,
    default: textOf(value, type),
    example: textOf(example, type),
    choices: Array.isArray(choices) ? choices.map((choice) => textOf(choice, type)).join('\n') : '',
    min: textOf(min, 'number'),
    max: textOf(max, 'number'),
  };
  const again = declarationOf({ ...newInput(), ...typed });
  return JSON.stringify(sorted(again)) === JSON.stringify(sorted(declared)) ? typed : undefined;
}

function sorted(value: JsonObject): JsonObject {
  const { required, ...rest } = value;
  const entries = Object.entries({ ...rest, ...(required === true && { required }) });
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function textOf(value: Json | undefined, type: InputType): string {
  if (value === undefined) return '';
  return type === 'string' && typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/** The declarations as they are sent. Undefined if there are none. */
export function inputsOf(inputs: readonly DraftInput[]): JsonObject | undefined {
  if (inputs.length === 0) return undefined;
  return Object.fromEntries(inputs.map((input) => [input.name.trim(), input.raw ?? declarationOf(input)]));
}

function declarationOf({
  type,
  description,
  isRequired,
  default: value,
  example,
  choices,
  min,
  max,
}: DraftInput): JsonObject {
  return {
    type,
    ...(description.trim() !== '' && { description }),
    ...(isRequired && { required: true }),
    ...(value !== '' && { default: valueOf(value, type) }),
    ...(choices !== '' && { enum: choices.split('\n').map((choice) => valueOf(choice, type)) }),
    ...(min.trim() !== '' && { min: valueOf(min, 'number') }),
    ...(max.trim() !== '' && { max: valueOf(max, 'number') }),
    ...(example !== '' && { example: valueOf(example, type) }),
  };
}

/** Text that is no value of the type is sent as typed, because the API explains what is wrong with it. */
function valueOf(text: string, type: InputType): Json {
  if (type === 'string') return text;
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

/** A name that several inputs have, so that only one of them could be saved. */
export function repeatedName(inputs: readonly DraftInput[]): string | undefined {
  const names = inputs.map(({ name }) => name.trim());
  return names.find((name, index) => names.indexOf(name) !== index);
}
