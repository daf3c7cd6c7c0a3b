import type { Database } from '../../functions/aws/database';
import { openItemKind } from '../../functions/aws/keys';
import { openStores } from '../../functions/aws/open-stores';
import { itemBytes } from '../../bench/cost/count/item-size';
import { functionLimits } from '../../functions/contract/functions';
import type { SegmentInput } from '../../functions/contract/machine';
import { executionInput, type ExecutedRun } from '../../functions/domain/run/execution';
import { startRun } from '../../functions/domain/run/start-run';
import { recover } from '../../functions/recover-runs/recover';
import { openSegment } from '../../functions/run-segment/open-segment';
import { runSegment } from '../../functions/run-segment/run-segment';
import { seededRandom } from '../../bench/scale/random';
import { startEngine } from '../faults/simulation/engine';
import { anEndpoint, aRecipe, aWebhookStep, noon } from '../support/builders';
import { expressExecution } from '../support/express-execution';
import { interceptDatabase } from '../support/requests';
import { aTrigger, startRunDeps } from '../support/start-run';
import { runRows, tenantWithWorkflow } from '../support/table';
import { throttlingPartition } from '../support/throttling-partition';
import { virtualTime } from '../support/virtual-time';

const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

/**
 * A 500th of a burst of 1,000 runs, on a 500th of the 1,000 write units a second that DynamoDB gives a partition. Each
 * run gets what it would get in the whole burst, which `npm run burst` computes.
 */
const burst = { runs: 2, steps: 40, endpoints: 50, unitsPerSecond: 2 };

test('runs of one burst all succeed although their partition throttles them for most of an hour', async () => {
  const time = virtualTime(noon.getTime());
  const random = seededRandom(1);
  const database = await startEngine().newTable([]);
  const tenantId = await tenantWithWorkflow(database, {
    plan: 'custom',
    recipe: aRecipe({ steps: times(burst.steps, () => aWebhookStep()) }),
  });
  for (const endpoint of times(burst.endpoints, () => anEndpoint()))
    await openStores(database).endpoints.create(tenantId, endpoint, { secret: 's', keyHash: undefined }, noon);
  const partition = throttlingPartition(time, burst.unitsPerSecond, random);
  const putsOf = new Map<string, number>();
  const throttled = interceptDatabase(database, ({ input }, send) => {
    const real = () => time.during(send);
    const item = input.Item;
    if (!String(item?.pk).endsWith('#DLV')) return real();
    return partition.write(Math.ceil(itemBytes(item) / 1024), () => {
      putsOf.set(item.sk, (putsOf.get(item.sk) ?? 0) + 1);
      return real();
    });
  });
  const stores = openStores(throttled);
  const queued = new Set<string>();
  const logged: string[] = [];
  const common = {
    ...stores,
    now: time.now,
    log: (_level: unknown, { event }: { event: string }) => void logged.push(event),
    queue: {
      send: async (messages: readonly { delivery_id: string }[]) =>
        messages.forEach(({ delivery_id }) => queued.add(delivery_id)),
    },
  };
  const segment = (input: SegmentInput) => {
    const beganMs = time.nowMs();
    const endsMs = beganMs + functionLimits['run-segment'].timeoutSeconds * 1000;
    const call = { beganMs, endsMs, nowMs: time.nowMs, sleep: time.sleep, random };
    return runSegment(openSegment(common, call), input);
  };
  const executions = {
    start: async (_tenant: string, run: ExecutedRun) => {
      void expressExecution(time, random, segment, executionInput(tenantId, run, time.now()));
    },
    stop: async () => undefined,
  };
  const triggers = startRunDeps(database, { ...time, set: () => undefined, advance: () => undefined }).deps;
  for (let n = 0; n < burst.runs; n += 1) await startRun({ ...triggers, executions }, aTrigger(tenantId));
  const recovery = {
    ...common,
    executions,
    openItems: { ...stores.openItems, due: dueRuns(database, tenantId) },
    requeueDelivery: async () => undefined,
    announceRunEnd: async () => undefined,
  };

  let open = burst.runs;
  for (let minute = 1; open > 0 && minute < 360; minute += 1) {
    await time.run(noon.getTime() + minute * 60_000);
    await time.during(() => recover(recovery, false));
    open = (await runRows(database, tenantId)).filter(
      ({ status }) => status === 'queued' || status === 'running',
    ).length;
  }

  const rows = await runRows(database, tenantId);
  expect(rows.map(({ status, error }) => ({ status, error }))).toEqual(
    times(burst.runs, () => ({ status: 'succeeded', error: null })),
  );
  // Five restarts in a row without a throttle would have ended the run with run_interrupted.
  expect(Math.max(...rows.map(({ restarts }) => Number(restarts)))).toBeGreaterThan(5);
  expect(rows.every(({ trail }) => (trail as unknown[]).length === burst.steps)).toBe(true);
  expect(queued.size).toBe(burst.runs * burst.steps * burst.endpoints);
  const deliveries = [...putsOf].filter(([key]) => key.startsWith('DELIVERY#'));
  const repeated = deliveries.reduce((sum, [, puts]) => sum + puts - 1, 0);
  expect(deliveries).toHaveLength(queued.size);
  expect(repeated).toBe(0);
  expect(logged).toContain('segment_throttled');
}, 120_000);

/** Deliveries are not attempted here, so recovery would only queue them again, thousands at a time. */
function dueRuns(database: Database, tenantId: string) {
  return async (shard: number, until: string) => {
    const rows = shard === 0 ? await runRows(database, tenantId) : [];
    const items = rows.flatMap(({ pk, sk, due_at: dueAt }) => {
      const key = { pk: String(pk), sk: String(sk) };
      return typeof dueAt === 'string' && dueAt <= until ? [{ ...key, dueAt, what: openItemKind(key) }] : [];
    });
    return { items, more: false };
  };
}
