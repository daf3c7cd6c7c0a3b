import type * as z from 'zod/mini';
import { safeParse } from 'zod/v4/core';
import { invalidRequest, type Fault } from '../../domain/errors';
import { faultsFrom } from '../../domain/faults';
import { readIdempotencyKey } from '../../domain/idempotency';
import type { HttpRequest } from './request';

type Schema = z.core.$ZodType;

/** @throws ProductError `invalid_request` with one fault for each invalid place of the body */
export function parseBody<S extends Schema>(schema: S, body: unknown): z.output<S> {
  const parsed = safeParse(schema, body, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw invalidRequest(bodyFaults(schema, body));
}

/** The faults that {@link parseBody} would throw, for routes that refuse them later in the order of checks. */
export function bodyFaults(schema: Schema, body: unknown): Fault[] {
  const parsed = safeParse(schema, body, { reportInput: true });
  return parsed.success ? [] : faultsFrom(parsed.error.issues);
}

/**
 * Parses the query parameters. A parameter that is given twice, or that the route does not know, is a fault.
 *
 * @throws ProductError `invalid_request`; pointers are the parameters' names
 */
export function parseQuery<S extends Schema>(schema: S, query: URLSearchParams): z.output<S> {
  const faults = queryFaults(schema, query);
  const parsed = safeParse(schema, Object.fromEntries(query.entries()));
  if (parsed.success && faults.length === 0) return parsed.data;
  throw invalidRequest(faults);
}

/** The faults that {@link parseQuery} would throw, for routes that refuse them later in the order of checks. */
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

/** Ids of workflows and runs start at 1, so 0 never exists. */
const noSuchId = 0;

/**
 * Reads the id of a workflow or run from a path. Text that cannot be an id becomes one that does not exist, so the
 * answer is the same 404 as for any unknown id.
 */
export function numericId(text: string | undefined): number {
  return text !== undefined && /^[1-9]\d{0,9}$/.test(text) ? Number(text) : noSuchId;
}

export function idempotencyKeyOf(request: HttpRequest): { key?: string; faults: readonly Fault[] } {
  return readIdempotencyKey(request.headers['idempotency-key'], 'Idempotency-Key');
}
