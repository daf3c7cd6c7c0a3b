import { reconcileBudgetSeconds } from '../contract/functions';
import { daysBefore, utcDay } from '../domain/day';
import type { Difference } from '../domain/reconcile/difference';
import { reconcileTenant, type ReconcileReads } from '../domain/reconcile/tenant';
import { errorFields, type Log } from '../edge/log/log';

export interface ReconcileAllDeps {
  readonly tenants: { ids(): Promise<readonly string[]> };
  readonly reads: ReconcileReads;
  readonly now: () => Date;
  readonly log: Log;
}

/** Each day is checked twice: while it lasts, and once it is over. */
const days = 2;
const concurrency = 4;
/** The alarm says that there are differences and `operator reconcile` lists them, so a few log lines are enough. */
const loggedDifferences = 20;

class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/**
 * Checks every tenant and repairs nothing, because a difference is a bug that must be understood first. It always
 * reports the number of differences, even 0.
 *
 * @throws if tenants were left unchecked, so that the alarm for function errors fires
 */
export async function reconcileAll(deps: ReconcileAllDeps): Promise<void> {
  const { log } = deps;
  const now = deps.now();
  const window = { since: daysBefore(utcDay(now), days - 1), now };
  const reads = untilTimeIsUp(deps, now);
  const waiting = fairly(await deps.tenants.ids(), now);
  const night = { tenants: 0, unchecked: 0, differences: 0, runs: 0, deliveries: 0 };

  const report = (difference: Difference) => {
    night.differences += 1;
    if (night.differences <= loggedDifferences) log('error', lineOf(difference));
  };
  const checkNext = async () => {
    for (let tenantId = waiting.shift(); tenantId !== undefined; tenantId = waiting.shift()) {
      try {
        const { runs, deliveries } = await reconcileTenant(reads, tenantId, window, report);
        night.tenants += 1;
        night.runs += runs;
        night.deliveries += deliveries;
      } catch (error) {
        night.unchecked += 1;
        log('error', { event: 'reconcile_failed', tenant: tenantId, ...errorFields(error) });
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, checkNext));

  const ms = deps.now().getTime() - now.getTime();
  log('info', { event: 'reconciled', ...night, ms }, { ReconcileDifferences: night.differences });
  if (night.unchecked > 0) throw new Error(`${night.unchecked} tenants were not checked`);
}

function lineOf({ kind, tenantId, subject, expected, found }: Difference) {
  return { event: 'reconcile_difference', tenant: tenantId, kind, subject, expected, found } as const;
}

/** A tenant that does not fit into the time of this night counts as unchecked. */
function untilTimeIsUp({ reads, now }: ReconcileAllDeps, started: Date): ReconcileReads {
  const stopAtMs = started.getTime() + reconcileBudgetSeconds * 1000;
  const inTime = <Result>(result: Result): Result => {
    if (now().getTime() >= stopAtMs) throw new OutOfTime('No time left for this tenant');
    return result;
  };
  async function* whileInTime<Page>(pages: AsyncIterable<Page>): AsyncIterable<Page> {
    for await (const page of pages) yield inTime(page);
  }
  return {
    ...reads,
    ledger: async (tenantId) => inTime(await reads.ledger(tenantId)),
    numbers: (...range) => whileInTime(reads.numbers(...range)),
    deliveries: (...since) => whileInTime(reads.deliveries(...since)),
    changed: (...since) => whileInTime(reads.changed(...since)),
  };
}

/** Begins with another tenant each night, so that no tenant is left out every time. */
function fairly(tenantIds: readonly string[], now: Date): string[] {
  // Steps of the golden ratio come close to every position within a few nights, for any number of tenants.
  const share = ((now.getTime() / 86_400_000) * 0.618_034) % 1;
  const first = Math.floor(share * tenantIds.length);
  return [...tenantIds.slice(first), ...tenantIds.slice(0, first)];
}
