import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { ProductError, type Fault } from './errors';
import { canonicalJson } from './json';

/** A key is remembered for 24 hours from its first use. */
export const claimHours = 24;
/** Longer than any request can live (28 s), so an expired lease means its holder is gone. */
export const leaseSeconds = 60;
const maxKeyCharacters = 255;

/**
 * What a tenant's Idempotency-Key stands for. Until `result` is known the request that took the claim is at work,
 * or died: after `lease_until` another may take it over.
 */
export const claimSchema = z.object({
  fingerprint: z.string(),
  /**
   * The id of what the holding request is about to make, fresh for each request: it tells the holder's own repetition of
   * a write from another request. Claims of releases before this have none and are told apart by `lease_until`.
   */
  holder: z.optional(z.string()),
  lease_until: z.string(),
  /** The tenant's last run number when the claim was taken; a run of this key can only be newer. */
  last_run_number: z.int(),
  /** Id of what the request made: a run number or an endpoint id. */
  result: z.nullable(z.string()),
  expires_at: z.string(),
});
export type Claim = z.infer<typeof claimSchema>;

/** An Idempotency-Key by its hash, with the fingerprint of the request that carries it. */
export interface KeyInUse {
  readonly hash: string;
  readonly fingerprint: string;
}

/** A request that wants to hold a key. */
export interface ClaimRequest {
  readonly fingerprint: string;
  readonly holder: string;
  readonly lastRunNumber: number;
  readonly now: Date;
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

/** Checks an `Idempotency-Key` header or argument. Quoted (as the IETF draft writes it) and bare are the same key. */
export function readIdempotencyKey(
  value: string | undefined,
  pointer: string,
): { key?: string; faults: readonly Fault[] } {
  if (value === undefined) return { faults: [] };
  const key = /^"(.*)"$/.exec(value)?.[1] ?? value;
  if (key.length > 0 && key.length <= maxKeyCharacters) return { key, faults: [] };
  return {
    faults: [{ pointer, code: 'invalid_idempotency_key', detail: `Must be 1 to ${maxKeyCharacters} characters.` }],
  };
}

/** Keys are stored hashed: they are of any length and may be secrets of the caller. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Equal for equal requests over every door. */
export function fingerprint(operation: string, request: unknown): string {
  return createHash('sha256')
    .update(`${operation}\n${canonicalJson(request)}`)
    .digest('hex');
}

/**
 * What to do with a request whose key was seen before.
 *
 * @param requested the request's fingerprint
 * @returns the result to replay, `take_over` when an earlier request died at work, or `new`
 * @throws ProductError `idempotency_key_reused` for another request under the same key, `idempotency_in_progress` while the first is at work
 */
export function judgeClaim(
  claim: Claim | undefined,
  requested: string,
  now: Date,
): { replay: string } | 'take_over' | 'new' {
  if (claim === undefined || Date.parse(claim.expires_at) <= now.getTime()) return 'new';
  if (claim.fingerprint !== requested) {
    throw new ProductError(
      'idempotency_key_reused',
      'This Idempotency-Key was used for another request in the last 24 hours; use a new key.',
    );
  }
  if (claim.result !== null) return { replay: claim.result };
  if (Date.parse(claim.lease_until) > now.getTime()) throw inProgress();
  return 'take_over';
}

/** The first request with this key is at work, or another was faster to take it. */
export function inProgress(): ProductError {
  return new ProductError(
    'idempotency_in_progress',
    'A request with this Idempotency-Key is still at work; repeat it in a moment.',
    { retryAfterSeconds: 2 },
  );
}
