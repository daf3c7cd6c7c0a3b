import * as z from 'zod/mini';
import { documentOf } from './documented';

/**
 * JSON Schema 2020-12 of what a schema takes (`input`) or gives (`output`). Without `$schema`: OpenAPI 3.1 and MCP both
 * mean this dialect when it is absent, and validators of older clients fail on a dialect they were not given.
 */
export function jsonSchema(schema: z.core.$ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema: made }) => {
      // Objects that are checked but not described: inputs and payloads.
      if (zodSchema._zod.def.type === 'custom') made.type = 'object';
      const documented = documentOf(zodSchema);
      if (documented === undefined) return;
      for (const keyword of Object.keys(made)) Reflect.deleteProperty(made, keyword);
      Object.assign(made, documented);
    },
  });
  return json;
}
