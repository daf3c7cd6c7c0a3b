import type { OpenItem } from '../../functions/aws/run/open-items';
import { openItemKind, deliveryKey, runKey, tenantKey, openShard, type Key } from '../../functions/aws/keys';
import { recoveryBudgetSeconds } from '../../functions/contract/functions';
import { tableShape } from '../../functions/contract/table';
import { addSeconds } from '../../functions/domain/day';
import { dueItems, maxPages } from '../../functions/recover-runs/due-items';
import { concurrency, recover, type RecoverDeps } from '../../functions/recover-runs/recover';
import { newTurns, waitingLimits } from '../../functions/recover-runs/turns';
import { noon } from '../support/builders';
import { virtualTime } from '../support/virtual-time';

const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
const pageSize = 1_000;
/** The assumed time of one call to the table, Step Functions or SQS. */
const callMs = 5;

const anItem = (key: Key, overdueSeconds: number): OpenItem => ({
  ...key,
  dueAt: addSeconds(noon, -overdueSeconds).toISOString(),
  what: openItemKind(key),
});
const byDueAt = (a: OpenItem, b: OpenItem) => (a.dueAt < b.dueAt ? -1 : Number(a.dueAt > b.dueAt));
/** Sorted already, which makes an index of 100,000 of them quickly. */
const deliveries = (tenantId: string, count: number, overdueSeconds: (n: number) => number) =>
  times(count, (n) => anItem(deliveryKey(tenantId, `dlv_${String(n).padStart(38, '0')}`), overdueSeconds(n))).sort(
    byDueAt,
  );
const shards = new WeakMap<OpenItem, number>();
function shardOf(item: OpenItem): number {
  const known = shards.get(item) ?? Number(openShard(item.pk + item.sk));
  shards.set(item, known);
  return known;
}

/** The index of open items as an array for each shard, and recovery on a clock of its own. */
function anIndex(items: readonly OpenItem[]) {
  const time = virtualTime(noon.getTime());
  const inShard: OpenItem[][] = times(tableShape.openIndex.shards, () => []);
  for (const item of items) inShard[shardOf(item)]!.push(item);
  const positions = new Map<OpenItem, number>();
  for (const shard of inShard) shard.sort(byDueAt).forEach((item, n) => positions.set(item, n));
  const leased = new Set<OpenItem>();
  const taken: { item: string; atMs: number }[] = [];
  const state = { pages: 0, underWay: 0, most: 0 };
  const call = () => time.sleep(callMs);
  const take = async (item: string, calls: number) => {
    taken.push({ item, atMs: time.nowMs() - noon.getTime() });
    state.most = Math.max(state.most, (state.underWay += 1));
    for (let n = 0; n < calls; n += 1) await call();
    state.underWay -= 1;
  };
  const unused = () => Promise.reject(new Error('not expected'));

  const openItems: RecoverDeps['openItems'] = {
    due: async (shard, until, after, order) => {
      state.pages += 1;
      await call();
      const all = inShard[shard]!;
      const step = order === 'newest first' ? -1 : 1;
      const start = after === undefined ? (step === 1 ? 0 : all.length - 1) : positions.get(after)! + step;
      const page: OpenItem[] = [];
      let at = start;
      for (; page.length < pageSize && all[at] !== undefined; at += step) {
        if (all[at]!.dueAt <= until && !leased.has(all[at]!)) page.push(all[at]!);
      }
      return { items: page, more: page.length === pageSize };
    },
    lease: async (item) => {
      await call();
      leased.add(item as OpenItem);
      return true;
    },
    leaseRun: unused,
  };
  const deps: RecoverDeps = {
    openItems,
    now: time.now,
    log: () => undefined,
    // A read and a message.
    requeueDelivery: async (tenantId, id) => {
      await take(`${tenantId} ${id}`, 2);
      return undefined;
    },
    // A read, a write, and a start; and the lease before that.
    runs: {
      get: async (tenantId, id) => {
        await take(`${tenantId} run ${id}`, 3);
        return undefined;
      },
    },
    settlement: {
      settle: async (tenantId) => {
        await take(`${tenantId} settlement`, 3);
        return { tenantId, refunded: 0 };
      },
    },
    progress: { countRestart: unused, end: unused, close: unused },
    executions: { start: unused, stop: unused },
    audit: { append: unused },
    announceRunEnd: unused,
  };
  return {
    taken,
    state,
    pass: async () => {
      const pass = recover(deps, false);
      await time.run();
      return pass;
    },
    /** Begins a pass and looks at it after some seconds, which is all that most tests need to know. */
    passFor: async (seconds: number) => {
      void recover(deps, false);
      await time.run(noon.getTime() + seconds * 1000);
    },
    whenTaken: (item: string) => taken.find((one) => one.item === item)?.atMs,
  };
}

const noisy = deliveries('noisy', 100_000, (n) => 600 + (n % 3_000));
const quietRun = (overdueSeconds: number) => anItem(runKey('quiet', 1), overdueSeconds);

describe('a quiet tenant’s overdue run is restarted in the next pass, within a second, although another tenant has 100,000 overdue items', () => {
  it.each([
    ['older than all of them', 9_000],
    ['in the middle of them', 2_000],
    ['newer than all of them', 1],
  ])('%s', async (_where, overdueSeconds) => {
    const index = anIndex([...noisy, quietRun(overdueSeconds)]);

    await index.passFor(1);

    expect(index.whenTaken('quiet run 1')).toBeLessThan(1_000);
  });

  it('due at the same moment as all of them', async () => {
    const index = anIndex([...deliveries('noisy', 100_000, () => 600), quietRun(600)]);

    await index.passFor(1);

    expect(index.whenTaken('quiet run 1')).toBeLessThan(1_000);
  });
});

it('a pass takes at least 100,000 items of one tenant in its 50 seconds, with 5 ms a call', async () => {
  const index = anIndex(noisy);

  await index.passFor(2);

  expect(index.taken.length).toBeGreaterThanOrEqual((2 * 100_000) / recoveryBudgetSeconds);
  expect(index.state.most).toBeLessThanOrEqual(concurrency);
});

it('a pass reads again what it had to leave out, and takes each item once', async () => {
  const count = waitingLimits.ofOneKind + 3_000;
  const index = anIndex(deliveries('noisy', count, (n) => 600 + (n % 3_000)));

  expect(await index.pass()).toMatchObject({ taken: count, failed: 0 });

  expect(new Set(index.taken.map(({ item }) => item)).size).toBe(count);
});

it('100 tenants with 1,000 overdue items each are all taken to the same extent', async () => {
  const items = times(100, (n) => deliveries(`tenant${n}`, 1_000, (m) => 600 + ((n * 7 + m) % 3_000))).flat();
  const index = anIndex(items);

  await index.passFor(2);

  const counts = new Map<string, number>();
  for (const { item } of index.taken) {
    const tenant = item.split(' ')[0]!;
    counts.set(tenant, (counts.get(tenant) ?? 0) + 1);
  }
  expect(counts.size).toBe(100);
  // A turn is lost on an item that was read from both ends of its shard.
  expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(2);
});

it('a tenant’s own run and settlement do not wait for its 100,000 deliveries', async () => {
  const index = anIndex([...noisy, anItem(runKey('noisy', 1), 1), anItem(tenantKey('noisy'), 1)]);

  await index.passFor(1);

  expect(index.whenTaken('noisy run 1')).toBeLessThan(1_000);
  expect(index.whenTaken('noisy settlement')).toBeLessThan(1_000);
});

it('each of 10,000 tenants with one overdue run is reached beside 100,000 items of another', async () => {
  const index = anIndex([...noisy, ...times(10_000, (n) => anItem(runKey(`quiet${n}`, 1), 1 + (n % 4_000)))]);

  await index.passFor(10);

  expect(index.taken.filter(({ item }) => item.startsWith('quiet'))).toHaveLength(10_000);
});

it('a backlog of any size is read to a limit, and what became due last is read first', async () => {
  let pages = 0;
  const endless = async (shard: number, _until: string, _after?: OpenItem, order?: string) => {
    pages += 1;
    const isNewest = order === 'newest first' && pages <= 3 * tableShape.openIndex.shards && shard === 7;
    return { items: [isNewest ? quietRun(1) : anItem(deliveryKey('noisy', 'dlv_1'), 600)], more: true };
  };
  const due = dueItems({ due: endless }, noon.toISOString());

  await due.next();
  expect((await due.next()).map(({ what }) => what.tenantId)).toContain('quiet');
  while (due.hasMore()) await due.next();

  expect(pages).toBeLessThanOrEqual(maxPages + 2 * tableShape.openIndex.shards);
});

it('no tenant fills the memory of a pass, and none is left out for another', () => {
  const turns = newTurns();
  const item = anItem(deliveryKey('t', 'dlv_1'), 1);
  const of = (tenantId: string): OpenItem => ({ ...item, what: { kind: 'delivery', tenantId, deliveryId: 'dlv_1' } });
  const add = (tenantId: string, count: number) => times(count, () => turns.add(of(tenantId))).filter(Boolean).length;

  expect(add('a', waitingLimits.ofOneKind + 5)).toBe(waitingLimits.ofOneKind);
  for (let n = 1; n < waitingLimits.inAll / waitingLimits.ofOneKind; n += 1) add(`b${n}`, waitingLimits.ofOneKind);
  expect(add('late', 500)).toBe(waitingLimits.beyond);
});
