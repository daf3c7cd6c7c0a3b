import * as z from 'zod/mini';
import { documentOf } from './documented';

/**
 * Makes JSON Schema 2020-12 for what a schema accepts (`input`) or returns (`output`). `$schema` is left out: OpenAPI
 * 3.1 and MCP both assume this dialect without it, and validators of older clients fail on a dialect they do not know.
 *
 * @param instead what stands for an inner schema; undefined for its own JSON Schema
 */
export function jsonSchema(
  schema: z.core.$ZodType,
  io: 'input' | 'output',
  instead: (inner: z.core.$ZodType) => Readonly<Record<string, unknown>> | undefined = () => undefined,
): Record<string, unknown> {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema: made }) => {
      // Inputs and payloads are validated as objects, but their content is not described. Without the second keyword,
      // generators of TypeScript take such an object for an empty one.
      if (zodSchema._zod.def.type === 'custom') Object.assign(made, { type: 'object', additionalProperties: true });
      const replacement = instead(zodSchema) ?? documentOf(zodSchema);
      if (replacement === undefined) return;
      for (const keyword of Object.keys(made)) Reflect.deleteProperty(made, keyword);
      Object.assign(made, replacement);
    },
  });
  return json;
}
