import { recoveryBudgetSeconds, tableShape } from '../contract';
import { addSeconds } from '../domain/day';
import type { OpenItem, OpenItemStore } from '../aws/open-items';
import type { SettlementStore } from '../aws/settlement';
import { errorFields } from '../edge/log';
import { recoverRun, type RecoverRunDeps } from './recover-run';

export interface RecoverDeps extends RecoverRunDeps {
  readonly openItems: OpenItemStore;
  readonly settlement: SettlementStore;
  readonly requeueDelivery: (tenantId: string, deliveryId: string, now: Date) => Promise<unknown>;
}

/** What one pass did. */
export interface Recovered {
  readonly taken: number;
  readonly failed: number;
  /** How late the oldest item was, seconds. */
  readonly oldestOverdueSeconds: number;
}

/** An item taken by a pass that dies is due again after this long. */
const leaseSeconds = 120;
const concurrency = 10;
const endOfTime = '9999-12-31T23:59:59.999Z';

/**
 * One pass over everything overdue: runs, deliveries, tenants to settle. Takes items by moving their due time on
 * condition of its old value, so passes may overlap; stops taking new pages after its budget and leaves the rest to
 * the next minute. One item that fails does not hold up the others.
 *
 * @param everythingIsDue also takes what is not yet due: for the local run, whose engines forget executions and messages
 */
export async function recover(deps: RecoverDeps, everythingIsDue: boolean): Promise<Recovered> {
  const started = deps.now();
  const stopAtMs = started.getTime() + recoveryBudgetSeconds * 1000;
  const until = everythingIsDue ? endOfTime : started.toISOString();
  const pass = { taken: 0, failed: 0, oldestOverdueSeconds: 0 };
  const seen = new Set<string>();

  for (let shard = 0; shard < tableShape.openIndex.shards; shard += 1) {
    let after: OpenItem | undefined;
    for (let more = true; more && deps.now().getTime() < stopAtMs;) {
      const page = await deps.openItems.due(shard, until, after);
      const fresh = page.items.filter((item) => !seen.has(name(item)));
      for (const item of fresh) {
        seen.add(name(item));
        pass.oldestOverdueSeconds = Math.max(
          pass.oldestOverdueSeconds,
          Math.floor((started.getTime() - Date.parse(item.dueAt)) / 1000),
        );
      }
      await takeAll(deps, fresh, pass);
      after = page.items.at(-1);
      more = page.more;
    }
  }
  if (pass.taken > 0) {
    deps.log('info', {
      event: 'recovery_pass',
      taken: pass.taken,
      failed: pass.failed,
      oldest_overdue_s: pass.oldestOverdueSeconds,
    });
  }
  return pass;
}

function name({ pk, sk }: OpenItem): string {
  return `${pk}\n${sk}`;
}

async function takeAll(
  deps: RecoverDeps,
  items: readonly OpenItem[],
  pass: { taken: number; failed: number },
): Promise<void> {
  for (let from = 0; from < items.length; from += concurrency) {
    await Promise.all(items.slice(from, from + concurrency).map((item) => takeOne(deps, item, pass)));
  }
}

async function takeOne(deps: RecoverDeps, item: OpenItem, pass: { taken: number; failed: number }): Promise<void> {
  try {
    const leased = await deps.openItems.lease(item, addSeconds(deps.now(), leaseSeconds).toISOString());
    if (!leased) return;
    pass.taken += 1;
    await recoverItem(deps, item);
  } catch (error) {
    pass.failed += 1;
    deps.log('error', { event: 'recovery_failed', item: name(item), ...errorFields(error) });
  }
}

async function recoverItem(deps: RecoverDeps, item: OpenItem): Promise<unknown> {
  const found = item.what;
  switch (found.kind) {
    case 'run':
      return recoverRun(deps, found.tenantId, found.runId);
    case 'delivery':
      return deps.requeueDelivery(found.tenantId, found.deliveryId, deps.now());
    case 'tenant':
      return settleTenant(deps, found.tenantId);
  }
}

async function settleTenant(deps: RecoverDeps, tenantId: string): Promise<void> {
  const { refunded } = await deps.settlement.settle(tenantId, deps.now());
  if (refunded > 0) deps.log('warn', { event: 'runs_refunded', tenant: tenantId, count: refunded });
}
