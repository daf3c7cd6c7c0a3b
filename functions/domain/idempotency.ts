import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { addSeconds } from './day';
import { ProductError, type Fault } from './errors';
import { canonicalJson } from './json';

/** A key is remembered for 24 hours from its first use. */
export const claimHours = 24;
export const maxKeyCharacters = 255;

/**
 * The record of a tenant's Idempotency-Key. While `result` is null, the request that took the claim is in progress or
 * has died; after `lease_until` another request may take it over.
 */
export const claimSchema = z.object({
  fingerprint: z.string(),
  /**
   * The id of what the holding request is about to make, fresh for each request: it tells the holder's own repetition of
   * a write from another request. Claims of releases before this have none and are told apart by `lease_until`.
   */
  holder: z.optional(z.string()),
  /** The holder of the first request, if that died and the claim was taken over: its work may be half done. */
  first_holder: z.optional(z.string()),
  lease_until: z.string(),
  /** The tenant's last run number when the claim was taken. A run with this key can only have a higher one. */
  last_run_number: z.int(),
  /** What the request made: its id, such as a run number, or what its answer said, as JSON. */
  result: z.nullable(z.string()),
  expires_at: z.string(),
});
export type Claim = z.infer<typeof claimSchema>;

/** The hash of an Idempotency-Key, with the fingerprint of the request that carries it. */
export interface KeyInUse {
  readonly hash: string;
  readonly fingerprint: string;
}

/** A request that wants to hold a key. */
export interface ClaimRequest {
  readonly fingerprint: string;
  readonly holder: string;
  readonly firstHolder?: string | undefined;
  readonly lastRunNumber: number;
  readonly now: Date;
}

/** When the holder of a claim took it. */
export function takenAt({ expires_at }: Claim): Date {
  return addSeconds(new Date(expires_at), -claimHours * 3600);
}

/** What a claim is known by when it is completed or given back. */
export type Held = Pick<Claim, 'holder' | 'lease_until'>;

/** Idempotency keys as the domain uses them; `aws` implements it. */
export interface Claims {
  /** Undefined when another request holds the key. `seen` is the claim that was read and judged free. */
  take(tenantId: string, keyHash: string, request: ClaimRequest, seen: Claim | undefined): Promise<Claim | undefined>;
  complete(tenantId: string, keyHash: string, held: Held, result: string): Promise<boolean>;
  drop(tenantId: string, keyHash: string, held: Held): Promise<boolean>;
}

/** A key, or why there is none. Both are absent if none was sent. */
export interface ReadKey {
  readonly key?: string;
  readonly faults: readonly Fault[];
}

const keyHeader = 'Idempotency-Key';
const keyFault = 'invalid_idempotency_key';

/**
 * Checks an `Idempotency-Key` header: 1 to 255 printable ASCII characters without a comma. A header that is sent twice
 * arrives as one, with a comma between the values, and must not be taken for a third key. A key in quotes, as the IETF
 * draft writes it, equals the same key without quotes.
 */
export function readKeyHeader(value: string | undefined): ReadKey {
  if (value === undefined) return { faults: [] };
  if (value.includes(',')) {
    const detail = 'Send this header once. A key has no comma, because a header that is sent twice arrives with one.';
    return { faults: [{ header: keyHeader, code: keyFault, detail }] };
  }
  const key = unquoted(value);
  if (hasKeyLength(key) && /^[ -~]+$/.test(key)) return { key, faults: [] };
  const detail = `Must be 1 to ${maxKeyCharacters} printable ASCII characters without a comma.`;
  return { faults: [{ header: keyHeader, code: keyFault, detail }] };
}

/** Checks a key that is sent as an argument of a tool: any text of 1 to 255 characters. Quotes are as in the header. */
export function readKeyArgument(value: string | undefined, pointer: string): ReadKey {
  if (value === undefined) return { faults: [] };
  const key = unquoted(value);
  if (hasKeyLength(key)) return { key, faults: [] };
  return { faults: [{ pointer, code: keyFault, detail: `Must be 1 to ${maxKeyCharacters} characters.` }] };
}

function unquoted(value: string): string {
  return /^"(.*)"$/.exec(value)?.[1] ?? value;
}

function hasKeyLength({ length }: string): boolean {
  return length > 0 && length <= maxKeyCharacters;
}

/** Keys are stored as hashes, because they have any length and may be secrets of the caller. */
export function hashKey(key: string): string {
  return hash('sha256', key);
}

/**
 * No valid request with a key is larger: a recipe has 64 KB, and the name and description beside it less than 8 KB. A larger
 * one is refused in any case and never took a key, so its keys are not sorted, which would cost more than linear time.
 */
const maxSortedBytes = 72 * 1024;

/** The key of a request, if it has one, with the request's fingerprint. */
export function keyInUse(key: string | undefined, operation: string, request: unknown): KeyInUse | undefined {
  return key === undefined ? undefined : { hash: hashKey(key), fingerprint: fingerprint(operation, request) };
}

/** Equal for equal requests, whichever door they come through. */
export function fingerprint(operation: string, request: unknown): string {
  const asSent = JSON.stringify(request ?? null);
  return hash('sha256', `${operation}\n${asSent.length > maxSortedBytes ? asSent : canonicalJson(request)}`);
}

/**
 * Decides what to do with a request whose key was used before.
 *
 * @param requested the request's fingerprint
 * @returns the result to replay, `take_over` if an earlier request died, or `new`
 * @throws ProductError `idempotency_key_reused` for a different request with the same key, `idempotency_in_progress`
 *   while the first request is in progress
 */
export function judgeClaim(
  claim: Claim | undefined,
  requested: string,
  now: Date,
): { replay: string } | 'take_over' | 'new' {
  if (claim === undefined || Date.parse(claim.expires_at) <= now.getTime()) return 'new';
  requireSameRequest(claim.fingerprint, requested);
  if (claim.result !== null) return { replay: claim.result };
  if (Date.parse(claim.lease_until) > now.getTime()) throw inProgress();
  return 'take_over';
}

/** @throws ProductError `idempotency_key_reused` if the request that used the key first was another one */
export function requireSameRequest(earlier: string | undefined, requested: string): void {
  if (earlier === requested) return;
  throw new ProductError(
    'idempotency_key_reused',
    'This Idempotency-Key was used for another request in the last 24 hours; use a new key.',
  );
}

/** The refusal while the first request with this key is in progress, or after another request took the key first. */
export function inProgress(): ProductError {
  return new ProductError(
    'idempotency_in_progress',
    'A request with this Idempotency-Key is still at work; repeat it in a moment.',
    { retryAfterSeconds: 2 },
  );
}
