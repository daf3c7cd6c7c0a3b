import { openStores } from '../../functions/aws/open-stores';
import { functionLimits, type FunctionName } from '../../functions/contract/functions';
import { segmentTime } from '../../functions/contract/machine';
import { parallelPuts } from '../../functions/domain/delivery/dispatch';
import { openSegment } from '../../functions/run-segment/open-segment';
import { runSegment } from '../../functions/run-segment/run-segment';
import { aDelay, aLog, anEndpoint, aRecipe, aWebhookStep, noon } from '../support/builders';
import { startTable, type Table } from '../support/engines';
import { interceptDatabase } from '../support/requests';
import { anAcceptedRun } from './harness';

let table: Table;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table.stop());

const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
const exceeded = () => Object.assign(new Error('slow down'), { name: 'ProvisionedThroughputExceededException' });

/** Events are fired until the step with this index, which AWS throttles. */
function throttledAt(step: number, fired: number[] = []) {
  return {
    fireWebhookEvent: async ({ stepIndex }: { stepIndex: number }) => {
      if (stepIndex === step) throw exceeded();
      fired.push(stepIndex);
      return { matched_endpoints: 1 };
    },
  };
}

describe('a segment that AWS throttles', () => {
  it('has recorded what it did, and its repeat goes on there', async () => {
    const run = await anAcceptedRun(table, { recipe: aRecipe({ steps: times(5, () => aWebhookStep()) }) });
    const fired: number[] = [];

    await expect(run.segment(0, throttledAt(3, fired))).rejects.toMatchObject({ name: 'Throttled' });
    expect(await run.row()).toMatchObject({ status: 'running', cursor: 3, steps_succeeded: 3, error: null });
    expect((await run.row()).trail).toHaveLength(3);
    // The machine repeats the call with the input that it had.
    expect(await run.segment(0)).toMatchObject({ next: 'succeeded', cursor: 5 });

    expect(fired).toEqual([0, 1, 2]);
    expect(run.fired.map(({ stepIndex }) => stepIndex)).toEqual([3, 4]);
    expect((await run.row()).trail).toHaveLength(5);
  });

  it('before it performed anything still records that it was throttled', async () => {
    const run = await anAcceptedRun(table, { recipe: aRecipe({ steps: [aWebhookStep()] }) });

    await expect(run.segment(0, throttledAt(0))).rejects.toMatchObject({ name: 'Throttled' });

    expect(await run.row()).toMatchObject({ status: 'running', cursor: 0, restarts_excused: 0, trail: [] });
  });

  it('keeps its end and its trail if it was cancelled meanwhile', async () => {
    const run = await anAcceptedRun(table, { recipe: aRecipe({ steps: [aLog(), aWebhookStep(), aLog()] }) });
    const cancelled = {
      fireWebhookEvent: async () => {
        const at = run.clock.now().toISOString();
        await run.deps.progress.end(run.tenantId, 1, { status: 'cancelled', at, error: null });
        throw exceeded();
      },
    };

    expect(await run.segment(0, cancelled)).toMatchObject({ next: 'succeeded' });

    expect(await run.row()).toMatchObject({ status: 'cancelled', cursor: 1, trail: [{ type: 'log' }] });
  });

  it('changes nothing if another call has performed the steps meanwhile', async () => {
    const run = await anAcceptedRun(table, { recipe: aRecipe({ steps: [aLog(), aWebhookStep(), aDelay(2), aLog()] }) });
    const overtaken = {
      fireWebhookEvent: async () => {
        await run.segment(0);
        throw exceeded();
      },
    };

    expect(await run.segment(0, overtaken)).toMatchObject({ next: 'delay', cursor: 3, wait_seconds: 2 });

    expect((await run.row()).trail).toHaveLength(3);
  });

  it('is not started a second time by recovery while its execution can still repeat it', async () => {
    const express = await anAcceptedRun(table, { recipe: aRecipe({ steps: [aLog(), aWebhookStep()] }) });
    const standard = await anAcceptedRun(table, {
      engineSetting: 'standard',
      recipe: aRecipe({ steps: [aWebhookStep(), ...times(9, () => aDelay(30))] }),
    });
    express.clock.advance(40);
    standard.clock.advance(40);

    await expect(express.segment(0, throttledAt(1))).rejects.toThrow();
    await expect(standard.segment(0, throttledAt(0))).rejects.toThrow();

    expect((await express.row()).due_at).toBe('2026-11-22T12:05:30.000Z');
    expect((await standard.row()).due_at).toBe('2026-11-22T12:04:40.000Z');
  });
});

it('a segment whose time is up records what it did and lets the next call go on', async () => {
  const run = await anAcceptedRun(table, { recipe: aRecipe({ steps: times(4, () => aLog()) }) });
  let asked = 0;

  const answer = await run.segment(0, { isTimeUp: () => (asked += 1) === 2 });

  expect(answer).toMatchObject({ next: 'delay', cursor: 2, wait_seconds: 0 });
  expect(await run.row()).toMatchObject({ status: 'running', cursor: 2, resume_at: null });
  expect(await run.segment(2)).toMatchObject({ next: 'succeeded', cursor: 4 });
});

describe('a webhook step', () => {
  /** A run of one webhook step for 50 endpoints, with the real stores on a table that can be throttled. */
  async function aRunFor50Endpoints() {
    const run = await anAcceptedRun(table, { recipe: aRecipe({ steps: [aWebhookStep()] }) });
    for (const endpoint of times(50, () => anEndpoint()))
      await openStores(table).endpoints.create(run.tenantId, endpoint, { secret: 's', keyHash: undefined }, noon);
    const state = { puts: [] as string[], underway: 0, most: 0, throttledFrom: Infinity, until: Infinity, nowMs: 0 };
    const queued: string[] = [];
    const database = interceptDatabase(table, async ({ input }, send) => {
      if (!String(input.Item?.sk).startsWith('DELIVERY#')) return send();
      if (state.puts.length >= state.throttledFrom && state.nowMs < state.until) throw exceeded();
      state.puts.push(input.Item.sk);
      state.most = Math.max(state.most, (state.underway += 1));
      return send().finally(() => (state.underway -= 1));
    });
    const stores = {
      ...openStores(database),
      queue: {
        send: async (messages: readonly { delivery_id: string }[]) =>
          void queued.push(...messages.map(({ delivery_id }) => delivery_id)),
      },
      now: run.clock.now,
      log: () => undefined,
    };
    const segment = (seconds = functionLimits['run-segment' satisfies FunctionName].timeoutSeconds) => {
      const beganMs = state.nowMs;
      const sleep = async (ms: number) => void (state.nowMs += ms);
      const time = { beganMs, endsMs: beganMs + seconds * 1000, nowMs: () => state.nowMs, sleep, random: () => 0.5 };
      return runSegment(openSegment(stores, time), run.firstInput);
    };
    return { run, state, queued, segment };
  }

  it('puts a bounded number of deliveries at once', async () => {
    const { state, queued, segment } = await aRunFor50Endpoints();

    await segment();

    expect(state.most).toBe(parallelPuts);
    expect(new Set(queued).size).toBe(50);
  });

  it('waits for a throttle that ends within its patience, and nobody notices', async () => {
    const { state, queued, segment } = await aRunFor50Endpoints();
    Object.assign(state, { throttledFrom: 20, until: 10_000 });

    expect(await segment()).toMatchObject({ next: 'succeeded' });

    expect(state.nowMs).toBeGreaterThanOrEqual(10_000);
    expect(new Set(queued).size).toBe(50);
  });

  it('gives up in time for its progress to be recorded, also in a call that has less time than usual', async () => {
    const { state, segment } = await aRunFor50Endpoints();
    state.throttledFrom = 0;

    await expect(segment()).rejects.toMatchObject({ name: 'Throttled' });
    expect(state.nowMs).toBeLessThanOrEqual(segmentTime.patienceUntil * 1000);
    state.nowMs = 0;
    await expect(segment(15)).rejects.toMatchObject({ name: 'Throttled' });
    expect(state.nowMs).toBeLessThanOrEqual(5_000);
  });

  it('that was throttled has queued what it stored, and its repeat puts and queues only the rest', async () => {
    const { run, state, queued, segment } = await aRunFor50Endpoints();
    state.throttledFrom = 23;

    await expect(segment()).rejects.toMatchObject({ name: 'Throttled' });
    expect(queued).toHaveLength(state.puts.length);
    state.throttledFrom = Infinity;
    expect(await segment()).toMatchObject({ next: 'succeeded' });

    expect(state.puts).toHaveLength(50);
    expect(new Set(queued).size).toBe(50);
    expect((await run.row()).trail).toMatchObject([{ status: 'succeeded', output: { matched_endpoints: 50 } }]);
  });
});
