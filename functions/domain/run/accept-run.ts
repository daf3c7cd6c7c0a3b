import { addSeconds, boundsOfDay } from '../day';
import { notFound, ProductError, type DailyCapState } from '../errors';
import { refuseAboveCap, capNow } from '../tenant/daily-cap';
import { requirePlan } from '../tenant/plan';
import { dailyCapOf, type Tenant } from '../tenant/tenant';
import { startDueSeconds } from '../timetable';
import { newRun, type RunSource } from './new-run';
import type { HeldKey } from './replay-run';
import type { Run } from './run';
import type { StartRunCommand, StartRunDeps } from './start-run-signature';

interface Acceptable {
  /** The tenant as it was read before; the counter checks it again. */
  readonly tenant: Tenant;
  readonly source: RunSource;
  readonly uid: string;
  readonly held: HeldKey | undefined;
}

/** At most three attempts: the first, one on the next day if midnight passed, one if a refund freed a place. */
const maxCounts = 3;

/**
 * Neither the run's row nor its void row could be written. Settlement decides later, and the idempotency key stays held
 * until then.
 */
class OutcomeUnknown extends Error {}

/**
 * Counts the run, then makes it durable. If the row cannot be written, its number is refunded, so a refusal never costs
 * a run. After a refusal the Idempotency-Key is free again.
 *
 * @throws ProductError `plan_required` or `daily_cap_reached` if the counter refused, `unavailable` if nothing was
 *   started
 */
export async function acceptRun(
  deps: StartRunDeps,
  command: StartRunCommand,
  { tenant, source, uid, held }: Acceptable,
): Promise<{ run: Run; dailyCap: DailyCapState | null }> {
  const at = deps.now();
  try {
    const counted = await count(deps, command, tenant, at);
    const run = newRun(source, {
      id: counted.runId,
      uid,
      engine: deps.engineSetting === 'standard' ? 'standard' : 'express',
      triggeredBy: { channel: command.channel, name: command.actorName },
      requestId: command.requestId,
      traceparent: command.traceparent,
      at: notBefore(boundsOfDay(counted.day).start, at),
      day: counted.day,
    });
    await store(deps, command.tenantId, run, source.input, held);
    return { run, dailyCap: counted.dailyCap };
  } catch (error) {
    if (error instanceof OutcomeUnknown) throw unavailable(error.cause);
    // If this delete fails, requests with the same key get 409 until the lease runs out (60 s).
    if (held !== undefined) await deps.claims.drop(tenant.id, held.hash, held.claim).catch(() => false);
    throw error;
  }
}

/**
 * The run may be counted on a day that this clock has not reached yet. Its time is moved to that day, because lists
 * show the runs of a day by their time.
 */
function notBefore(start: Date, at: Date): Date {
  return at < start ? start : at;
}

async function count(
  deps: StartRunDeps,
  command: StartRunCommand,
  seen: Tenant,
  at: Date,
): Promise<{ runId: number; day: string; dailyCap: DailyCapState | null }> {
  let tenant: Tenant | undefined = seen;
  for (let counts = 0; counts < maxCounts; counts += 1) {
    const { day } = capNow(tenant, at);
    const counted = await deps.admission.count(tenant.id, day, at);
    if (counted !== undefined) return { runId: counted.runId, day, dailyCap: dailyCapOf(tenant, day, counted.used) };
    tenant = await deps.tenants.get(tenant.id);
    if (tenant === undefined) throw notFound('tenant');
    requirePlan(tenant.plan, command.channel);
    refuseAboveCap(tenant, at, deps.supportEmail);
  }
  throw unavailable(undefined);
}

async function store(
  deps: StartRunDeps,
  tenantId: string,
  run: Run,
  input: string,
  held: HeldKey | undefined,
): Promise<void> {
  const dueAt = addSeconds(new Date(run.created_at), startDueSeconds).toISOString();
  let cause: unknown;
  try {
    if (await deps.runs.put(tenantId, { run, input, dueAt, keyHash: held?.hash })) return;
  } catch (error) {
    cause = error;
  }
  // The row may exist although the put failed: an SDK retry is refused by its own first success, or the response was
  // lost. Writing the void row settles it: it succeeds only if there is no run.
  const givenBack = await deps.admission.refund(tenantId, run.id, run.day).catch((error: unknown) => {
    throw new OutcomeUnknown('neither row nor void', { cause: error });
  });
  if (givenBack) throw unavailable(cause);
}

function unavailable(cause: unknown): ProductError {
  return new ProductError('unavailable', 'The run could not be accepted just now and was not started; try again.', {
    retryAfterSeconds: 2,
    cause,
  });
}
