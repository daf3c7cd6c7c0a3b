import type * as z from 'zod/mini';
import { safeParse } from 'zod/v4/core';
import { invalidRequest, maxListedFaults, type BodyFault, type Fault } from '../../domain/errors';
import { faultsFrom, shortened } from '../../domain/faults';

type Schema = z.core.$ZodType;

/** @throws ProductError `invalid_request` with one fault for each invalid place of the body */
export function parseBody<S extends Schema>(schema: S, body: unknown): z.output<S> {
  const parsed = safeParse(schema, body, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw invalidRequest(faultsFrom(parsed.error.issues));
}

/** The faults that {@link parseBody} would throw, for routes that refuse them later in the order of checks. */
export function bodyFaults(schema: Schema, body: unknown): BodyFault[] {
  const parsed = safeParse(schema, body, { reportInput: true });
  return parsed.success ? [] : faultsFrom(parsed.error.issues);
}

/**
 * Parses the query parameters. A parameter that is given twice, or that the route does not know, is a fault.
 *
 * @throws ProductError `invalid_request`; each fault names its parameter
 */
export function parseQuery<S extends Schema>(schema: S, query: URLSearchParams): z.output<S> {
  const { data, faults } = readQuery(schema, query);
  if (data !== undefined && faults.length === 0) return data;
  throw invalidRequest(faults);
}

/** The faults that {@link parseQuery} would throw, for routes that refuse them later in the order of checks. */
export function queryFaults(schema: Schema, query: URLSearchParams): Fault[] {
  return readQuery(schema, query).faults;
}

function readQuery<S extends Schema>(
  schema: S,
  query: URLSearchParams,
): { readonly data: z.output<S> | undefined; readonly faults: Fault[] } {
  const parsed = safeParse(schema, Object.fromEntries(query.entries()), { reportInput: true });
  const repeated = repeatedNames(query).map((name) => ({
    parameter: shortened(name),
    code: 'repeated',
    detail: 'Give this parameter once.',
  }));
  if (parsed.success) return { data: parsed.data, faults: repeated };
  return { data: undefined, faults: [...repeated, ...faultsFrom(parsed.error.issues).map(asParameter)] };
}

/** Names that are given twice or more, at most one more than a refusal lists. */
function repeatedNames(query: URLSearchParams): string[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const name of query.keys()) {
    if (seen.has(name)) repeated.add(name);
    if (repeated.size > maxListedFaults) break;
    seen.add(name);
  }
  return [...repeated];
}

function asParameter({ pointer, code, detail }: BodyFault): Fault {
  return {
    parameter: decodeURIComponent(pointer.slice('#/'.length)),
    code,
    detail: detail.replace('Unknown key', 'Unknown parameter'),
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
