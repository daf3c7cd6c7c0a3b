import type { JsonObject } from '../../json';
import { jsonObjectSchema } from '../../json';
import type { Input, Inputs } from './declaration';

/** An input to show a recipe with: examples and defaults as far as they are declared, otherwise a value of the type. */
export function exampleInput(inputs: Inputs): JsonObject {
  return jsonObjectSchema.parse(
    Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, exampleOf(name, input)])),
  );
}

function exampleOf(name: string, input: Input): unknown {
  const given = input.example ?? input.default;
  if (given !== undefined) return given;
  switch (input.type) {
    case 'string':
      return input.enum?.[0] ?? name;
    case 'number':
    case 'integer':
      return input.enum?.[0] ?? input.min ?? Math.min(1, input.max ?? 1);
    case 'boolean':
      return true;
    case 'object':
      return {};
    case 'array':
      return [];
  }
}
