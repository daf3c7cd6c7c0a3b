import { isPlainObject } from '../../domain/json';

type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The outline of an output schema: the fields of the result and of the rows of its lists, with their types. A model pays for the
 * list of tools in every conversation, and sees the rest in the results. Nothing is required, because a refusal is structured
 * too and some clients hold it against this schema.
 *
 * @param schema JSON Schema as it is generated, without references
 */
export function outline(schema: unknown): JsonSchema {
  if (!isPlainObject(schema) || !isPlainObject(schema['properties'])) return kindOf(schema);
  const fields = Object.entries(schema['properties']).map(([name, field]) => [name, fieldOf(field)]);
  return { ...kindOf(schema), properties: Object.fromEntries(fields) };
}

function fieldOf(schema: unknown): JsonSchema {
  return isPlainObject(schema) && schema['type'] === 'array'
    ? { type: 'array', items: outline(schema['items']) }
    : kindOf(schema);
}

function kindOf(schema: unknown): JsonSchema {
  if (!isPlainObject(schema)) return {};
  const { type, anyOf, enum: values } = schema;
  // A value or null, which is the only alternative in the results.
  if (Array.isArray(anyOf)) return { type: anyOf.map((one) => kindOf(one)['type']) };
  return { ...(type !== undefined && { type }), ...(values !== undefined && { enum: values }) };
}
