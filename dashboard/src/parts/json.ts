import type { Json, JsonObject } from '../../../functions/domain/json';

/** @throws SyntaxError if the text is not JSON */
export function parseJson(text: string): Json {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- JSON.parse returns JSON and nothing else
  return JSON.parse(text);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
