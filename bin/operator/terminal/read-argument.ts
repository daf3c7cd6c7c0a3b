import { InvalidArgumentError } from '@commander-js/extra-typings';
import type * as z from 'zod/mini';
import { readEmail } from '../../../functions/domain/tenant/member';

/** Parses an argument or option with a schema of the product. A value that does not fit is a usage error. */
export function readBy<Value>(schema: z.ZodMiniType<Value>): (text: string) => Value {
  return (text) => {
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data;
    throw new InvalidArgumentError(parsed.error.issues[0]?.message ?? 'This value is not valid.');
  };
}

export function readWholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d{1,15}$/.test(text) && number >= min && number <= max) return number;
    throw new InvalidArgumentError(`Must be a whole number from ${min} to ${max}.`);
  };
}

/** Parses a UTC day or time. @returns RFC 3339 UTC, the form in which times are stored */
export function readTime(text: string): string {
  const whole = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text;
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/.test(whole) ? Date.parse(whole) : NaN;
  if (!Number.isNaN(ms) && isOfCalendar(whole.slice(0, 10))) return new Date(ms).toISOString();
  throw new InvalidArgumentError('Must be a UTC day or time, such as 2026-11-25 or 2026-11-25T08:00:00Z.');
}

/** `Date.parse` takes the 30th of February for the 2nd of March. */
function isOfCalendar(day: string): boolean {
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

/** Parses the number of a workflow or run in either form that the product prints: `3` or `#3`. */
export function readId(text: string): number {
  return readWholeNumber(1, 9_999_999_999)(text.replace(/^#/, ''));
}

/** Parses an e-mail address. @returns the form by which members are found */
export function readAddress(text: string): string {
  const email = readEmail(text);
  if (email !== undefined) return email;
  throw new InvalidArgumentError('Must be an e-mail address in plain ASCII.');
}
