import * as z from 'zod/mini';
import { documented } from './documented';

/** A time in a query parameter, converted to RFC 3339 UTC with milliseconds. */
export const queryTime = documented(
  z.pipe(
    z.pipe(z.string(), z.transform(withPlus)),
    z.pipe(
      z.iso.datetime({ offset: true, error: 'Must be an RFC 3339 time, such as 2026-01-31T12:00:00Z.' }).check(
        z.refine(isInFourDigitYear, {
          error: 'Must be in the years 0000 to 9999 of UTC.',
          params: { code: 'out_of_range' },
        }),
      ),
      z.transform((text: string) => new Date(text).toISOString()),
    ),
  ),
  { type: 'string', format: 'date-time' },
);

/** A `+` that is not written as `%2B` in a query stands for a space. In a time it can only be the sign of an offset. */
function withPlus(text: string): string {
  return text.replace(/ (\d\d:\d\d)$/, '+$1');
}

const firstMs = Date.parse('0000-01-01T00:00:00.000Z');
const lastMs = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Times are compared as text, which needs years of four digits. An offset can move the first and the last hours of RFC
 * 3339 out of them. A text that is no time is refused for that.
 */
function isInFourDigitYear(text: string): boolean {
  const ms = Date.parse(text);
  return Number.isNaN(ms) || (ms >= firstMs && ms <= lastMs);
}

/** A per-tenant number in a query parameter. */
export const queryId = documented(
  z.pipe(z.string().check(z.regex(/^[1-9]\d{0,9}$/, 'Must be an id: a whole number from 1.')), z.transform(Number)),
  { type: 'integer', minimum: 1, maximum: 9_999_999_999 },
);
