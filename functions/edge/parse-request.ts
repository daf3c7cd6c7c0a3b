import type * as z from 'zod/mini';
import { safeParse } from 'zod/v4/core';
import { invalidRequest, notFound, type Fault } from '../domain/errors';
import { faultsFrom } from '../domain/faults';
import { readIdempotencyKey } from '../domain/idempotency';
import type { HttpRequest } from './http-request';

/** @throws ProductError `invalid_request` with a fault for each wrong place of the body */
export function parseBody<S extends z.core.$ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = safeParse(schema, body, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw invalidRequest(faultsFrom(parsed.error.issues, (issue) => issue.code));
}

/**
 * Query parameters as an object; a parameter given twice or unknown to the list is a fault.
 *
 * @throws ProductError `invalid_request`; pointers are the parameters' names
 */
export function parseQuery<S extends z.core.$ZodType>(schema: S, query: URLSearchParams): z.output<S> {
  const names = [...new Set(query.keys())];
  const repeated = names.filter((name) => query.getAll(name).length > 1);
  const parsed = safeParse(schema, Object.fromEntries(query.entries()), { reportInput: true });
  const faults: Fault[] = repeated.map((name) => ({ pointer: name, code: 'repeated', detail: 'Give this parameter once.' }));
  if (!parsed.success) {
    faults.push(
      ...faultsFrom(parsed.error.issues, (issue) => issue.code).map((fault) => ({
        ...fault,
        pointer: decodeURIComponent(fault.pointer.slice(2)),
        detail: fault.detail.replace('Unknown key', 'Unknown parameter'),
      })),
    );
  }
  if (parsed.success && faults.length === 0) return parsed.data;
  throw invalidRequest(faults);
}

/** A per-tenant number from a path. Anything that cannot be one is an id that does not exist. */
export function numericId(text: string | undefined, thing: string): number {
  if (text !== undefined && /^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw notFound(thing);
}

export function idempotencyKeyOf(request: HttpRequest): { key?: string; faults: readonly Fault[] } {
  return readIdempotencyKey(request.headers['idempotency-key'], 'Idempotency-Key');
}
