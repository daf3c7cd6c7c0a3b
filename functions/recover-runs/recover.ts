import type { OpenItem, OpenItemStore } from '../aws/run/open-items';
import type { SettlementStore } from '../aws/run/settlement';
import { recoveryBudgetSeconds } from '../contract/functions';
import { tableShape } from '../contract/table';
import { addSeconds } from '../domain/day';
import type { Delivery } from '../domain/delivery/delivery';
import { recoveryLeaseSeconds } from '../domain/timetable';
import { errorFields } from '../edge/log/log';
import { recoverRun, type RecoverRunDeps } from './recover-run';

export interface RecoverDeps extends RecoverRunDeps {
  readonly openItems: OpenItemStore;
  readonly settlement: SettlementStore;
  /** Undefined when there was nothing to queue. */
  readonly requeueDelivery: (tenantId: string, deliveryId: string, now: Date) => Promise<RequeuedDelivery | undefined>;
}

type RequeuedDelivery = Pick<Delivery, 'id' | 'run_uid' | 'endpoint_id' | 'attempts_made'>;

/** What one pass did. */
export interface Recovered {
  readonly taken: number;
  readonly failed: number;
  /** How late the oldest item was, seconds. */
  readonly oldestOverdueSeconds: number;
}

interface Pass {
  readonly started: Date;
  /** Every item is taken once in a pass, also when its due time moves into the reach of a later page. */
  readonly seen: Set<string>;
  readonly mayGoOn: () => boolean;
  taken: number;
  failed: number;
}

const concurrency = 10;
const endOfTime = '9999-12-31T23:59:59.999Z';

/**
 * One pass over everything overdue: runs, deliveries, tenants to settle. Takes items by moving their due time on
 * condition of its old value, so passes may overlap. Goes through all shards page by page, the oldest items of a round
 * first, so a backlog in one shard holds up none of the others; takes nothing new after its budget and leaves the rest to
 * the next minute. One item that fails does not hold up the others.
 *
 * @param everythingIsDue also takes what is not yet due: for the local run, whose engines forget executions and messages
 */
export async function recover(deps: RecoverDeps, everythingIsDue: boolean): Promise<Recovered> {
  const started = deps.now();
  const stopAtMs = started.getTime() + recoveryBudgetSeconds * 1000;
  const pass: Pass = { started, seen: new Set(), mayGoOn: () => deps.now().getTime() < stopAtMs, taken: 0, failed: 0 };
  const until = everythingIsDue ? endOfTime : started.toISOString();
  let shards: readonly Shard[] = Array.from({ length: tableShape.openIndex.shards }, (_, shard) => ({ shard }));
  let oldestOverdueSeconds: number | undefined;

  while (shards.length > 0 && pass.mayGoOn()) {
    const pages = await Promise.all(shards.map(({ shard, after }) => deps.openItems.due(shard, until, after)));
    const items = pages.flatMap((page) => page.items).sort((a, b) => a.dueAt.localeCompare(b.dueAt));
    oldestOverdueSeconds ??= secondsOverdue(items[0], started);
    await takeAll(deps, items, pass);
    shards = shards.flatMap(({ shard }, index) => {
      const { items: read = [], more = false } = pages[index] ?? {};
      const after = read.at(-1);
      return more && after !== undefined ? [{ shard, after }] : [];
    });
  }

  const { taken, failed } = pass;
  const ms = deps.now().getTime() - started.getTime();
  const oldest = oldestOverdueSeconds ?? 0;
  // Also when there was nothing to do: an alarm watches that it comes.
  deps.log('info', { event: 'recovery_pass', taken, failed, ms }, { OldestOverdueSeconds: oldest });
  return { taken, failed, oldestOverdueSeconds: oldest };
}

interface Shard {
  readonly shard: number;
  /** The last item read of it. */
  readonly after?: OpenItem;
}

function secondsOverdue(item: OpenItem | undefined, now: Date): number {
  return item === undefined ? 0 : Math.max(0, Math.floor((now.getTime() - Date.parse(item.dueAt)) / 1000));
}

async function takeAll(deps: RecoverDeps, items: readonly OpenItem[], pass: Pass): Promise<void> {
  const waiting = items.filter((item) => !pass.seen.has(name(item)));
  const takeNext = async () => {
    for (let item = waiting.shift(); item !== undefined && pass.mayGoOn(); item = waiting.shift()) {
      pass.seen.add(name(item));
      await takeOne(deps, item, pass);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, takeNext));
}

function name({ pk, sk }: OpenItem): string {
  return `${pk}\n${sk}`;
}

async function takeOne(deps: RecoverDeps, item: OpenItem, pass: Pass): Promise<void> {
  try {
    const leased = await deps.openItems.lease(item, addSeconds(deps.now(), recoveryLeaseSeconds).toISOString());
    if (!leased) return;
    pass.taken += 1;
    await recoverItem(deps, item, pass);
  } catch (error) {
    pass.failed += 1;
    deps.log('error', { event: 'recovery_failed', item: name(item), ...errorFields(error) });
  }
}

async function recoverItem(deps: RecoverDeps, { what }: OpenItem, { mayGoOn }: Pass): Promise<unknown> {
  switch (what.kind) {
    case 'run':
      return recoverRun(deps, what.tenantId, what.runId);
    case 'delivery':
      return requeueDelivery(deps, what.tenantId, what.deliveryId);
    case 'tenant':
      return settleTenant(deps, what.tenantId, mayGoOn);
  }
}

async function requeueDelivery(deps: RecoverDeps, tenantId: string, deliveryId: string): Promise<void> {
  const now = deps.now();
  const requeued = await deps.requeueDelivery(tenantId, deliveryId, now);
  if (requeued === undefined) return;
  deps.log('info', {
    event: 'delivery_requeued',
    tenant: tenantId,
    run: requeued.run_uid ?? undefined,
    ms: deps.now().getTime() - now.getTime(),
    delivery: requeued.id,
    endpoint: requeued.endpoint_id,
    attempts: requeued.attempts_made,
  });
}

async function settleTenant(deps: RecoverDeps, tenantId: string, mayGoOn: () => boolean): Promise<void> {
  const { refunded } = await deps.settlement.settle(tenantId, deps.now(), mayGoOn);
  if (refunded > 0) deps.log('warn', { event: 'runs_refunded', tenant: tenantId, count: refunded });
}
