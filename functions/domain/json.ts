import * as z from 'zod/mini';

/** Any JSON value, as parsed. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export const jsonObjectSchema: z.ZodMiniType<JsonObject> = z.custom<JsonObject>(isPlainObject, 'Must be an object.');

export function isPlainObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Size of a value as UTF-8 JSON in bytes; the unit of every size limit (1 KB = 1,024 bytes). */
export function jsonBytes(value: unknown): number {
  return value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value));
}

/** Levels of nesting: a scalar is 0, `{}` is 1, `{a: []}` is 2. Stops counting past `limit`. */
export function jsonDepth(value: unknown, limit: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (limit <= 0) return 1;
  let deepest = 0;
  for (const child of Object.values(value)) deepest = Math.max(deepest, jsonDepth(child, limit - 1));
  return deepest + 1;
}

/**
 * Whether a key or string holds half of a character. JSON can say so (`"\\ud800"`), UTF-8 cannot, and so neither the table
 * nor a webhook's receiver could be given it: RFC 7493, section 2.1. For values of bounded depth.
 */
export function holdsLoneSurrogate(value: unknown): boolean {
  if (typeof value === 'string') return /\p{Surrogate}/u.test(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, child]) => holdsLoneSurrogate(key) || holdsLoneSurrogate(child));
}

/** JSON with object keys sorted, so that equal values have equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sortKeys(value ?? null));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isPlainObject(value)) return value;
  // Entries, not assignment: a key named `__proto__` must stay an ordinary key.
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortKeys(value[key])]),
  );
}
