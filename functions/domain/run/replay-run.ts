import { inProgress, judgeClaim, type Claim } from '../idempotency';
import { capNow } from '../tenant/daily-cap';
import type { Tenant } from '../tenant/tenant';
import type { StartedRun, StartRunDeps } from './start-run-stores';

/** An Idempotency-Key by its hash, with the fingerprint of the request that carries it. */
export interface KeyInUse {
  readonly hash: string;
  readonly print: string;
}

export interface HeldKey {
  readonly hash: string;
  readonly claim: Claim;
}

/**
 * The run an earlier request with this key started, as it is now; undefined when there is none. A request that died
 * after storing its run owes that run to whoever repeats it; one that died before did nothing.
 */
export async function findReplay(
  deps: StartRunDeps,
  tenant: Tenant,
  key: KeyInUse,
  claim: Claim | undefined,
): Promise<StartedRun | undefined> {
  const judged = judgeClaim(claim, key.print, deps.now());
  if (judged === 'new' || claim === undefined) return undefined;
  const orphaned = judged === 'take_over';
  const run = orphaned
    ? await deps.runs.findByKey(tenant.id, key.hash, claim.last_run_number)
    : await deps.runs.get(tenant.id, Number(judged.replay));
  if (run === undefined) return undefined;
  if (orphaned) await deps.claims.complete(tenant.id, key.hash, claim, String(run.id));
  const { state: dailyCap } = capNow(tenant, deps.now());
  return { run, input: await deps.runs.inputOf(tenant.id, run), replayed: true, dailyCap };
}

/** @throws ProductError `idempotency_in_progress` when another request took the key first */
export async function takeKey(
  deps: StartRunDeps,
  tenant: Tenant,
  key: KeyInUse,
  seen: Claim | undefined,
): Promise<HeldKey> {
  const request = { fingerprint: key.print, lastRunNumber: tenant.last_run_number, now: deps.now() };
  const claim = await deps.claims.take(tenant.id, key.hash, request, seen);
  if (claim !== undefined) return { hash: key.hash, claim };
  throw inProgress();
}
