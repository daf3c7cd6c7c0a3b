import { ProductError } from './errors';
import { inProgress, judgeClaim, type Claim, type Claims, type KeyInUse } from './idempotency';

export interface OnceDeps {
  readonly claims: Claims & { get(tenantId: string, keyHash: string): Promise<Claim | undefined> };
}

/** What a request made. `result` is undefined if its work ended half-way, so that a repetition has to go on with it. */
export interface Made<Done> {
  readonly done: Done;
  /** Recorded in the claim, for `replay`. */
  readonly result: string | undefined;
}

/** The work of a request that may carry an Idempotency-Key. */
export interface Work<Done> {
  /** Fresh for each request: the id of what it is about to make, or one by which what it changes says who changed it. */
  readonly id: string;
  /** When the request began; nothing that it makes is older. */
  readonly now: Date;
  /**
   * What an earlier request made, as it is now.
   *
   * @throws ProductError `not_found` if it is gone
   */
  readonly replay: (result: string) => Promise<Done>;
  /** What a request made that died before it recorded its result, found by its claim; undefined if it made nothing. */
  readonly find: (claim: Claim) => Promise<Made<Done> | undefined>;
  /**
   * Judges the request, and returns what does the work. A request that is refused here takes no key.
   *
   * @throws ProductError for a request that is refused
   */
  readonly begin: () => Promise<Make<Done>> | Make<Done>;
}

/**
 * Does the work, of which a ProductError means that nothing was done.
 *
 * @param firstId the `id` of an earlier request that died, if there was one: its work may be half done
 */
export type Make<Done> = (firstId: string | undefined) => Promise<Made<Done>>;

/**
 * Does the work of a request once for its Idempotency-Key, or each time if it has none. Order: idempotent replay, what
 * `begin` refuses, the key, the work.
 *
 * A claim is taken before the work, with a lease that outlasts every request. If the process dies, the next request with
 * the key takes the claim over after that, and `find` tells it what was made. The claim of a refused request is given
 * back. After any other error something may have been made, so the claim stays until its lease runs out.
 *
 * @throws ProductError `idempotency_key_reused`, `idempotency_in_progress`, and what the work throws
 */
export async function once<Done>(
  { claims }: OnceDeps,
  tenantId: string,
  key: KeyInUse | undefined,
  work: Work<Done>,
): Promise<{ readonly done: Done; readonly replayed: boolean }> {
  if (key === undefined) {
    const make = await work.begin();
    return { done: (await make(undefined)).done, replayed: false };
  }
  const seen = await claims.get(tenantId, key.hash);
  const judged = judgeClaim(seen, key.fingerprint, work.now);
  if (typeof judged === 'object') return { done: await work.replay(judged.replay), replayed: true };
  const dead = judged === 'take_over' ? seen : undefined;
  const found = dead && (await work.find(dead));
  if (dead !== undefined && found !== undefined) {
    await complete(claims, tenantId, key, dead, found);
    return { done: found.done, replayed: true };
  }
  const make = await work.begin();
  const firstHolder = dead?.first_holder ?? dead?.holder;
  const request = { fingerprint: key.fingerprint, holder: work.id, firstHolder, lastRunNumber: 0, now: work.now };
  const claim = await claims.take(tenantId, key.hash, request, seen);
  if (claim === undefined) throw inProgress();
  try {
    const made = await make(firstHolder);
    await complete(claims, tenantId, key, claim, made);
    return { done: made.done, replayed: false };
  } catch (error) {
    // If this delete is lost, requests with the same key get 409 until the lease runs out.
    if (error instanceof ProductError) await claims.drop(tenantId, key.hash, claim).catch(() => false);
    throw error;
  }
}

/** If this write is lost, the lease runs out, and the next request with the key looks for what was made. */
async function complete<Done>(
  claims: Claims,
  tenantId: string,
  { hash }: KeyInUse,
  claim: Claim,
  { result }: Made<Done>,
): Promise<void> {
  if (result !== undefined) await claims.complete(tenantId, hash, claim, result).catch(() => false);
}
