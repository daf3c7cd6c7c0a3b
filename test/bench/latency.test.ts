import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { latencyBill, type BilledPath } from '../../bench/latency/bill';
import { virtualTime } from '../../bench/latency/count/virtual-time';
import { hops } from '../../bench/latency/hops';
import { latencyParts } from '../../bench/latency/latency-parts';
import { modelTimes } from '../../bench/latency/model-times';
import { plotLatency } from '../../bench/latency/plot-latency';
import { outdated } from '../../bench/generated';

let bill: readonly BilledPath[];
beforeAll(async () => void (bill = await latencyBill()));

const callsOf = (name: string) =>
  bill.find((path) => path.name === name)!.waves.flatMap(({ calls }) => (calls.length === 0 ? [] : calls.join(' + ')));

/** The budget. A call that is added in line makes users wait longer: overlap it, or argue for it here. */
test.each([
  ['trigger → 202', 4],
  ['trigger with an Idempotency-Key → 202', 5],
  ['202 → first step performed', 1],
  ['trigger → webhook', 9],
  ['end of a delay → webhook', 5],
  ['last step performed → run read as ended', 3],
])('%s takes at most %i AWS calls that wait for each other', (name, most) => {
  expect(bill.find((path) => path.name === name)!.sequentialCalls).toBeLessThanOrEqual(most);
});

test('from a trigger to its webhook, only calls that depend on each other wait for each other', () => {
  expect(callsOf('trigger → webhook')).toEqual([
    'BatchGet ×2',
    'Update tenant',
    'Put run',
    'StartExecution',
    'BatchGet ×2 + Query tenant',
    'Put event',
    'Put delivery',
    'SendMessageBatch',
    'Get endpoint + Get event + Update delivery + Update pace',
  ]);
});

test('tables and plot in the documentation are up to date; otherwise run: npm run latency -- --write', () => {
  expect(outdated(latencyParts(bill))).toEqual([]);
  expect(readFileSync(join(__dirname, '../../bench/latency/latency.svg'), 'utf8')).toBe(plotLatency(bill));
});

describe('virtual time', () => {
  const answerAfter = async (turns: number) => {
    for (let turn = 0; turn < turns; turn += 1) await setImmediate();
  };

  it('takes one unit for calls that are made together, however long each takes', async () => {
    const time = virtualTime();

    await Promise.all([1, 30, 100].map((turns) => time.call(() => answerAfter(turns))));

    expect(time.now()).toBe(1);
  });

  it('takes one unit for each call that waits for another, beside however many chains', async () => {
    const time = virtualTime();
    const chain = async (calls: number) => {
      for (let made = 0; made < calls; made += 1) await time.call(() => answerAfter(20 * made));
    };

    await Promise.all([chain(1), chain(4), chain(2)]);

    expect(time.now()).toBe(4);
  });

  it('counts a call that failed', async () => {
    const time = virtualTime();

    await time.call(() => Promise.reject(new Error('throttled'))).catch(() => undefined);
    await time.call(() => answerAfter(0));

    expect(time.now()).toBe(2);
  });
});

test('a path of one hop takes what the hop takes, and one of two waves about the sum of their medians', () => {
  const wave = { calls: ['Get run'], hops: ['dynamodb'] } as const;

  const [one, two] = [1, 2].map((count) => modelTimes({ name: '', waves: Array.from({ length: count }, () => wave) }));

  expect(one!.p50).toBeCloseTo(hops.dynamodb.p50, 1);
  expect(one!.p99 / hops.dynamodb.p99).toBeCloseTo(1, 1);
  expect(two!.p50).toBeGreaterThan(1.9 * hops.dynamodb.p50);
  expect(two!.p99).toBeLessThan(2 * hops.dynamodb.p99);
});
