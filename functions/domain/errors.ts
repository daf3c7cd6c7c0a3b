/**
 * The closed union of all reasons for which the product refuses a request, independent of transport. Each transport
 * maps it with a `Record<ErrorCode, …>`, so a new code does not compile until every transport answers it.
 */
export const errorCodes = [
  'unauthenticated',
  'plan_required',
  'insufficient_scope',
  'permission_required',
  'not_found',
  'method_not_allowed',
  'wrong_address',
  'unsupported_media_type',
  'payload_too_large',
  'workflow_inactive',
  'run_not_cancellable',
  'idempotency_in_progress',
  'endpoint_limit_reached',
  'limit_reached',
  'tool_name_taken',
  'delivery_not_redeliverable',
  'version_conflict',
  'invalid_request',
  'invalid_recipe',
  'recipe_too_large',
  'step_type_not_allowed',
  'endpoint_url_not_allowed',
  'idempotency_key_reused',
  'malformed_json',
  'invalid_number',
  'daily_cap_reached',
  'rate_limited',
  'unavailable',
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/**
 * The maximum number of faults listed for one request. Checks stop looking once they have found more, because a body of
 * 256 KB can hold 130,000 faults, and to describe each would keep every other caller of the process waiting.
 */
export const maxListedFaults = 100;

/** The place of a fault: exactly one of the three. */
type Place =
  /** A JSON pointer as a URI fragment (`#/steps/3/type`), relative to the body sent. */
  | { readonly pointer: string; readonly parameter?: undefined; readonly header?: undefined }
  /** The name of a parameter of the query or the path. */
  | { readonly parameter: string; readonly pointer?: undefined; readonly header?: undefined }
  /** The name of a header, as its specification writes it. */
  | { readonly header: string; readonly pointer?: undefined; readonly parameter?: undefined };

/** One fault inside a request, and its place. */
export type Fault = Place & { readonly code: string; readonly detail: string };

/** A fault in the body of a request, or in another document, such as the arguments of a tool. */
export type BodyFault = Extract<Fault, { readonly pointer: string }>;

/** The place of a fault as sentences and lists name it: `#/steps/3/type`, `limit`, `Idempotency-Key`. */
export function placeOf({ pointer, parameter, header }: Fault): string {
  return pointer ?? parameter ?? header ?? '';
}

interface ProductErrorExtras {
  /** Of more than {@link maxListedFaults} the first are kept, and the detail says that there are more. */
  readonly faults?: readonly Fault[];
  /** Whole seconds after which the same call may succeed. */
  readonly retryAfterSeconds?: number;
  /** State of the daily run cap, on `daily_cap_reached` only. */
  readonly dailyCap?: DailyCapState;
  /** The rate that was exceeded, on `rate_limited` only. */
  readonly rate?: Rate;
  readonly cause?: unknown;
}

/** A limit of requests in a window of time, which ends at `resetsAt`. */
export interface Rate {
  readonly limit: number;
  readonly windowSeconds: number;
  readonly resetsAt: Date;
}

/** How much of the cap of a UTC day is used. `resetsAt` is the next 00:00 UTC. */
export interface DailyCapState {
  readonly cap: number;
  readonly used: number;
  readonly resetsAt: Date;
}

const onlyTheFirst = `There are more faults than the ${maxListedFaults} listed; the rest show once these are mended.`;

/**
 * A refusal with a stable code and one sentence that says what to do. Rules throw it, and the edge answers it in one
 * place.
 */
export class ProductError extends Error {
  override readonly name = 'ProductError';
  readonly faults: readonly Fault[];
  readonly retryAfterSeconds: number | undefined;
  readonly dailyCap: DailyCapState | undefined;
  readonly rate: Rate | undefined;

  constructor(
    readonly code: ErrorCode,
    detail: string,
    extras: ProductErrorExtras = {},
  ) {
    const { faults = [], cause } = extras;
    super(faults.length > maxListedFaults ? `${detail} ${onlyTheFirst}` : detail, { cause });
    this.faults = faults.slice(0, maxListedFaults);
    this.retryAfterSeconds = extras.retryAfterSeconds;
    this.dailyCap = extras.dailyCap;
    this.rate = extras.rate;
  }
}

/**
 * The single answer for "does not exist" and "belongs to another tenant"; both read the same.
 *
 * @param thing the product's word, such as `workflow` or `run`
 */
export function notFound(thing: string): ProductError {
  return new ProductError('not_found', `No such ${thing}. Check the id; ids are listed by the matching list call.`);
}

/** A 422 for requests that are not valid; `faults` name each place. */
export function invalidRequest(faults: readonly Fault[]): ProductError {
  const first = faults[0];
  const place = first === undefined ? '' : ` First: ${placeOf(first)}: ${first.detail}`;
  return new ProductError('invalid_request', `The request is not valid.${place}`, { faults });
}
