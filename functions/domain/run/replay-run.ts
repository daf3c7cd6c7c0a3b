import { inProgress, judgeClaim, type Claim, type KeyInUse } from '../idempotency';
import { capNow } from '../tenant/daily-cap';
import type { Tenant } from '../tenant/tenant';
import type { StartedRun, StartRunDeps } from './start-run-signature';

export interface HeldKey {
  readonly hash: string;
  readonly claim: Claim;
}

/**
 * The run that an earlier request with this key started, in its current state; undefined if there is none. If that
 * request died after it stored its run, the repetition gets that run; if it died earlier, nothing was started.
 */
export async function findReplay(
  deps: StartRunDeps,
  tenant: Tenant,
  key: KeyInUse,
  claim: Claim | undefined,
): Promise<StartedRun | undefined> {
  const judged = judgeClaim(claim, key.fingerprint, deps.now());
  if (judged === 'new' || claim === undefined) return undefined;
  const orphaned = judged === 'take_over';
  const run = orphaned
    ? await deps.runs.findByKey(tenant.id, key.hash, claim.last_run_number)
    : await deps.runs.get(tenant.id, Number(judged.replay));
  if (run === undefined) return undefined;
  // If this write is lost, the next repetition looks for the run by its key again.
  if (orphaned) await deps.claims.complete(tenant.id, key.hash, claim, String(run.id)).catch(() => false);
  const { state: dailyCap } = capNow(tenant, deps.now());
  return { run, input: await deps.runs.inputOf(tenant.id, run), replayed: true, dailyCap };
}

/**
 * @param holder the uid of the run that this request is about to start
 * @throws ProductError `idempotency_in_progress` if another request took the key first
 */
export async function takeKey(
  deps: StartRunDeps,
  tenant: Tenant,
  key: KeyInUse,
  holder: string,
  seen: Claim | undefined,
): Promise<HeldKey> {
  const lastRunNumber = tenant.last_run_number;
  const request = { fingerprint: key.fingerprint, holder, lastRunNumber, now: deps.now() };
  const claim = await deps.claims.take(tenant.id, key.hash, request, seen);
  if (claim !== undefined) return { hash: key.hash, claim };
  throw inProgress();
}
