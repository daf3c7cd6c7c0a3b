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
  /** Queues an overdue delivery again; undefined when there was nothing to queue. */
  readonly requeueDelivery: (tenantId: string, deliveryId: string, now: Date) => Promise<RequeuedDelivery | undefined>;
}

type RequeuedDelivery = Pick<Delivery, 'id' | 'run_uid' | 'endpoint_id' | 'attempts_made'>;

/** The result of one pass. */
export interface Recovered {
  readonly taken: number;
  readonly failed: number;
  /** How late the oldest item was. */
  readonly oldestOverdueSeconds: number;
}

interface Pass {
  readonly started: Date;
  /** Names of the items taken so far: a pass takes each once, also when its new due time puts it on a later page. */
  readonly takenNames: Set<string>;
  readonly mayGoOn: () => boolean;
  taken: number;
  failed: number;
}

const concurrency = 10;
const endOfTime = '9999-12-31T23:59:59.999Z';

/**
 * Makes one pass over everything overdue: runs, deliveries and tenants to settle. It leases an item by moving its due
 * time on condition of the old value, so passes may overlap. It reads one page of every shard in each round and takes
 * the oldest items first, so that a backlog in one shard does not delay the others. After its time budget it takes
 * nothing new; the next pass goes on. An item that fails does not stop the others.
 *
 * @param everythingIsDue also takes items that are not due yet. The local run asks for it at its start, because its
 *   engines keep executions and messages in memory only.
 */
export async function recover(deps: RecoverDeps, everythingIsDue: boolean): Promise<Recovered> {
  const started = deps.now();
  const stopAtMs = started.getTime() + recoveryBudgetSeconds * 1000;
  const pass: Pass = {
    started,
    takenNames: new Set(),
    mayGoOn: () => deps.now().getTime() < stopAtMs,
    taken: 0,
    failed: 0,
  };
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
  // Written even if there was nothing to do: an alarm goes off when this line is missing.
  deps.log('info', { event: 'recovery_pass', taken, failed, ms }, { OldestOverdueSeconds: oldest });
  return { taken, failed, oldestOverdueSeconds: oldest };
}

interface Shard {
  readonly shard: number;
  /** The last item that was read, where the next page continues. */
  readonly after?: OpenItem;
}

function secondsOverdue(item: OpenItem | undefined, now: Date): number {
  return item === undefined ? 0 : Math.max(0, Math.floor((now.getTime() - Date.parse(item.dueAt)) / 1000));
}

async function takeAll(deps: RecoverDeps, items: readonly OpenItem[], pass: Pass): Promise<void> {
  const waiting = items.filter((item) => !pass.takenNames.has(name(item)));
  const takeNext = async () => {
    for (let item = waiting.shift(); item !== undefined && pass.mayGoOn(); item = waiting.shift()) {
      pass.takenNames.add(name(item));
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
