import { isObject, type Json } from './json';

/**
 * Rewrites a generated schema so that tools read what is meant:
 *
 * - a value or null has `type: [x, 'null']` instead of two alternatives;
 * - whole numbers have no bounds of ±(2^53 - 1), which zod adds to each;
 * - several constants of one type are one `enum`;
 * - objects in responses admit members that they do not have yet, and have no defaults, because nobody fills them in.
 */
export function portable(schema: Json, io: 'input' | 'output'): Json {
  const made: Json = {};
  for (const [key, value] of Object.entries(schema)) {
    if (isOutOfReach(key, value)) continue;
    if (io === 'output' && (key === 'default' || (key === 'additionalProperties' && value === false))) continue;
    made[key] = holdsSchemas.has(key)
      ? mapValues(value, (inner) => portableValue(inner, io))
      : portableValue(value, io);
  }
  return asEnum(asNullable(made));
}

/** Keywords whose members are schemas under names of the tenant's or ours, which are no keywords. */
const holdsSchemas = new Set(['properties', '$defs', 'patternProperties']);

function portableValue(value: unknown, io: 'input' | 'output'): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => portableValue(item, io));
  return isObject(value) ? portable(value, io) : value;
}

function mapValues(value: unknown, change: (inner: unknown) => unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, change(inner)]));
}

function isOutOfReach(key: string, value: unknown): boolean {
  return (key === 'minimum' || key === 'maximum') && Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER;
}

function asNullable(schema: Json): Json {
  const { anyOf, ...rest } = schema;
  const [value, none, ...more] = listOf(anyOf);
  if (!isObject(value) || !isObject(none) || more.length > 0) return schema;
  if (none['type'] !== 'null' || typeof value['type'] !== 'string') return schema;
  const { type, enum: values, ...other } = value;
  return { ...rest, type: [type, 'null'], ...(values !== undefined && { enum: [...listOf(values), null] }), ...other };
}

function asEnum(schema: Json): Json {
  const { anyOf, ...rest } = schema;
  const choices = listOf(anyOf).filter(isObject);
  const [first] = choices;
  if (first === undefined || !choices.every((one) => Object.hasOwn(one, 'const'))) return schema;
  const values = choices.map((one) => one['const']);
  return { ...rest, type: values.every(Number.isInteger) ? 'integer' : first['type'], enum: values };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
