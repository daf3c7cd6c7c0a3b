import type { Json, JsonObject } from '../../../functions/domain/json';

/** @throws SyntaxError */
export function parseJson(text: string): Json {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- whatever it is, it is JSON
  return JSON.parse(text);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
