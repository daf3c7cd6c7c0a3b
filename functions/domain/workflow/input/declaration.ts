import * as z from 'zod/mini';
import { anyOf } from '../../in-words';
import { isPlainObject, jsonBytes, jsonObjectSchema } from '../../json';
import { descriptionSchema } from '../../text';
import { judgeOwnValues } from './own-values';

/**
 * Limits of what a recipe declares. The bytes are those of all declarations as JSON: they stand on the row of the workflow, so
 * that a run is judged without another read, and lists read up to 100 such rows at once.
 */
export const inputLimits = {
  inputs: 20,
  bytes: 8 * 1024,
  nameCharacters: 64,
  descriptionCharacters: 500,
  enumValues: 50,
} as const;

/** A letter, then letters, digits and underscore: a name that every placeholder, form and JSON Schema can hold. */
const namePattern = /^[A-Za-z][A-Za-z0-9_]*$/;
const nameRule = 'Names of inputs are letters, digits and _, and start with a letter.';

const length = z
  .int('Must be a whole number, 0 or more.')
  .check(z.minimum(0, 'Must be a whole number, 0 or more.'))
  .register(z.globalRegistry, { type: 'integer', minimum: 0 });

function valuesOf<Value extends z.core.SomeType>(value: Value) {
  return z.array(value).check(z.minLength(1), z.maxLength(inputLimits.enumValues));
}

const description = z.optional(descriptionSchema(inputLimits.descriptionCharacters));
const required = z.optional(z.boolean());

const textInputSchema = z
  .strictObject({
    type: z.literal('string'),
    description,
    required,
    default: z.optional(z.string()),
    enum: z.optional(valuesOf(z.string())),
    min: z.optional(length),
    max: z.optional(length),
    example: z.optional(z.string()),
  })
  .check(judgeOwnValues);

const numberInputSchema = z
  .strictObject({
    type: z.literal('number'),
    description,
    required,
    default: z.optional(z.number()),
    enum: z.optional(valuesOf(z.number())),
    min: z.optional(z.number()),
    max: z.optional(z.number()),
    example: z.optional(z.number()),
  })
  .check(judgeOwnValues);

const integerInputSchema = z
  .strictObject({
    type: z.literal('integer'),
    description,
    required,
    default: z.optional(z.int()),
    enum: z.optional(valuesOf(z.int())),
    min: z.optional(z.int()),
    max: z.optional(z.int()),
    example: z.optional(z.int()),
  })
  .check(judgeOwnValues);

const booleanInputSchema = z
  .strictObject({
    type: z.literal('boolean'),
    description,
    required,
    default: z.optional(z.boolean()),
    example: z.optional(z.boolean()),
  })
  .check(judgeOwnValues);

const objectInputSchema = z
  .strictObject({
    type: z.literal('object'),
    description,
    required,
    default: z.optional(jsonObjectSchema),
    example: z.optional(jsonObjectSchema),
  })
  .check(judgeOwnValues);

const listInputSchema = z
  .strictObject({
    type: z.literal('array'),
    description,
    required,
    default: z.optional(z.array(z.unknown())),
    min: z.optional(length),
    max: z.optional(length),
    example: z.optional(z.array(z.unknown())),
  })
  .check(judgeOwnValues);

/**
 * What a recipe says of one input. `min` and `max` bound the value of a number, the characters of a string or the items of a
 * list. It is the part of JSON Schema that a form can show.
 */
export const inputSchema = z.discriminatedUnion(
  'type',
  [textInputSchema, numberInputSchema, integerInputSchema, booleanInputSchema, objectInputSchema, listInputSchema],
  { error: ({ note }) => (note === 'No matching discriminator' ? `Must be ${inputTypesInWords()}.` : undefined) },
);
export type Input = z.infer<typeof inputSchema>;
export type InputType = Input['type'];

/** `string, number, integer, boolean, object or array`. */
function inputTypesInWords(): string {
  return anyOf(inputSchema.def.options.flatMap(({ def }) => def.shape.type.def.values));
}

/** Names and number are judged before any declaration: a body of 256 KB has room for 10,000 of them. */
const namedWell = z.transform((inputs: unknown, context) => {
  if (!isPlainObject(inputs)) {
    context.issues.push({ code: 'custom', input: inputs, message: 'Must be an object.' });
    return inputs;
  }
  const names = Object.keys(inputs);
  const refuse = (message: string, path: string[] = []) => {
    context.issues.push({ code: 'custom', input: inputs, message, path });
  };
  const bytes = jsonBytes(inputs);
  if (names.length > inputLimits.inputs)
    refuse(`Has ${names.length} inputs; at most ${inputLimits.inputs} are allowed.`);
  else if (bytes > inputLimits.bytes) {
    refuse(`The inputs are ${bytes} bytes as JSON; at most ${inputLimits.bytes} are allowed.`);
  } else for (const name of names) for (const fault of nameFaults(name)) refuse(fault, [name]);
  return inputs;
});

/** Names that every object of JavaScript has are refused too: the programs of callers stumble over them. */
function nameFaults(name: string): string[] {
  if (name.length > inputLimits.nameCharacters)
    return [`Names of inputs have at most ${inputLimits.nameCharacters} characters.`];
  if (name === '__proto__' || (namePattern.test(name) && name in Object.prototype))
    return ['This name is reserved; choose another.'];
  return namePattern.test(name) ? [] : [nameRule];
}

const record = z.record(z.string(), inputSchema).register(z.globalRegistry, {
  maxProperties: inputLimits.inputs,
  propertyNames: { type: 'string', maxLength: inputLimits.nameCharacters, pattern: namePattern.source },
});

/** The inputs that a recipe declares, by name: at most 20, and 8 KB as JSON. An input that is not declared stays free. */
export const inputsSchema = z.pipe(namedWell, record);
export type Inputs = z.infer<typeof inputsSchema>;

/** What a stored text declares; nothing if it is absent or older than a rule that it breaks. */
export function readInputs(text: string | null): Inputs {
  if (text === null) return {};
  const parsed: unknown = JSON.parse(text);
  return inputsSchema.safeParse(parsed).data ?? {};
}

/** The declarations of a stored recipe, valid or not, as JSON text for the row of its workflow; null for none. */
export function inputsText(recipe: unknown): string | null {
  const declared = isPlainObject(recipe) && Object.hasOwn(recipe, 'inputs') ? recipe['inputs'] : undefined;
  const { data = {} } = inputsSchema.safeParse(declared);
  return Object.keys(data).length === 0 ? null : JSON.stringify(data);
}
