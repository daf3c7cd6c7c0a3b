import * as z from 'zod/mini';
import { documented } from './documented';

/**
 * A time in a query parameter, converted to RFC 3339 UTC with milliseconds.
 *
 * @param description for openapi.json: whether the time itself is included
 */
export function queryTime(description: string) {
  return documented(
    z.pipe(
      z.iso.datetime({ offset: true, error: 'Must be an RFC 3339 time, such as 2026-01-31T12:00:00Z.' }),
      z.transform((text: string) => new Date(text).toISOString()),
    ),
    { type: 'string', format: 'date-time', description },
  );
}

/** A per-tenant number in a query parameter. */
export const queryId = documented(
  z.pipe(z.string().check(z.regex(/^[1-9]\d{0,9}$/, 'Must be an id: a whole number from 1.')), z.transform(Number)),
  { type: 'integer', minimum: 1, maximum: 9_999_999_999 },
);
