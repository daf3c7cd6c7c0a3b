import type * as z from 'zod/mini';
import { safeParse } from 'zod/v4/core';
import { invalidRequest, type Fault } from '../../domain/errors';
import { faultsFrom } from '../../domain/faults';
import { readIdempotencyKey } from '../../domain/idempotency';
import type { HttpRequest } from './request';

type Schema = z.core.$ZodType;

/** @throws ProductError `invalid_request` with a fault for each wrong place of the body */
export function parseBody<S extends Schema>(schema: S, body: unknown): z.output<S> {
  const parsed = safeParse(schema, body, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw invalidRequest(bodyFaults(schema, body));
}

/** What {@link parseBody} would refuse, for routes that refuse later in the order of checks. */
export function bodyFaults(schema: Schema, body: unknown): Fault[] {
  const parsed = safeParse(schema, body, { reportInput: true });
  return parsed.success ? [] : faultsFrom(parsed.error.issues);
}

/**
 * Query parameters as an object; a parameter given twice or unknown to the route is a fault.
 *
 * @throws ProductError `invalid_request`; pointers are the parameters' names
 */
export function parseQuery<S extends Schema>(schema: S, query: URLSearchParams): z.output<S> {
  const faults = queryFaults(schema, query);
  const parsed = safeParse(schema, Object.fromEntries(query.entries()));
  if (parsed.success && faults.length === 0) return parsed.data;
  throw invalidRequest(faults);
}

/** What {@link parseQuery} would refuse, for routes that refuse later in the order of checks. */
export function queryFaults(schema: Schema, query: URLSearchParams): Fault[] {
  const repeated = [...new Set(query.keys())].filter((name) => query.getAll(name).length > 1);
  const parsed = safeParse(schema, Object.fromEntries(query.entries()), { reportInput: true });
  return [
    ...repeated.map((name) => ({ pointer: name, code: 'repeated', detail: 'Give this parameter once.' })),
    ...(parsed.success ? [] : faultsFrom(parsed.error.issues).map(asParameter)),
  ];
}

function asParameter(fault: Fault): Fault {
  return {
    ...fault,
    pointer: decodeURIComponent(fault.pointer.slice('#/'.length)),
    detail: fault.detail.replace('Unknown key', 'Unknown parameter'),
  };
}

/** Numbers of workflows and runs start at 1, so 0 is the id that never exists. */
const noSuchId = 0;

/** A per-tenant number from a path. Text that cannot be one becomes an id that does not exist, and is then not found like any other. */
export function numericId(text: string | undefined): number {
  return text !== undefined && /^[1-9]\d{0,9}$/.test(text) ? Number(text) : noSuchId;
}

export function idempotencyKeyOf(request: HttpRequest): { key?: string; faults: readonly Fault[] } {
  return readIdempotencyKey(request.headers['idempotency-key'], 'Idempotency-Key');
}
