import type { Row } from '../../../functions/aws/database';
import { deliveryAttemptStore } from '../../../functions/aws/delivery/attempts';
import { deliveryStore } from '../../../functions/aws/delivery/deliveries';
import { settlementStore } from '../../../functions/aws/run/settlement';
import { addSeconds } from '../../../functions/domain/day';
import { newDelivery, type Attempt, type Delivery } from '../../../functions/domain/delivery/delivery';
import { newEvent } from '../../../functions/domain/delivery/event';
import { stepEventId } from '../../../functions/domain/delivery/ids';
import { ended, type Verdict } from '../../../functions/domain/delivery/outcome';
import { startRun } from '../../../functions/domain/run/start-run';
import { anEndpoint, noon } from '../../support/builders';
import { startTable, type Table } from '../../support/engines';
import { breaking, isRunPut } from '../../support/requests';
import { aTrigger, startRunDeps, testClock } from '../../support/start-run';
import { tenantRow, tenantWithWorkflow } from '../../support/table';
import { traceChecker, type TableWrite } from './check-trace';
import { traced } from './traced';

let table: Table;
let admission: Awaited<ReturnType<typeof admissionTrace>>;
let delivery: Awaited<ReturnType<typeof deliveryTrace>>;
beforeAll(async () => {
  table = await startTable();
  admission = await admissionTrace();
  delivery = await deliveryTrace();
});
afterAll(() => table.stop());

/** What the models say of a trace, write by write, without what they agree with. */
function judged(initialRows: readonly Row[], writes: readonly TableWrite[]): string[] {
  const check = traceChecker(initialRows);
  return writes.flatMap((write) => check(write) ?? []);
}

/** The writes of keyed and other triggers, one of which dies before its run is stored, and of the settlement that follows. */
async function admissionTrace() {
  const tenantId = await tenantWithWorkflow(table);
  const initial = [await tenantRow(table, tenantId)];
  const clock = testClock();
  const { database, writes } = traced(table, clock.now);
  const trigger = (idempotencyKey?: string) =>
    startRun(startRunDeps(database, clock).deps, aTrigger(tenantId, { idempotencyKey }));
  await trigger('key-1');
  await trigger('key-1');
  await trigger();
  const broken = breaking(database, 'lost request', isRunPut).database;
  await startRun(startRunDeps(broken, clock).deps, aTrigger(tenantId, { idempotencyKey: 'key-2' })).catch(
    () => undefined,
  );
  await trigger('key-2');
  for (let pass = 0; pass < 3; pass += 1) {
    clock.advance(61);
    await settlementStore(database).settle(tenantId, clock.now());
  }
  return { tenantId, initial, writes };
}

const answered: Verdict = ended('delivered', null);
const retried: Verdict = {
  status: 'pending',
  endedReason: null,
  nextAttemptAt: addSeconds(noon, 5).toISOString(),
  dueAt: addSeconds(noon, 125).toISOString(),
  queueDelaySeconds: 5,
};

function anAttempt(number: number): Attempt {
  const none = { address: null, response_status: 500, response_excerpt: null, error: null };
  const at = addSeconds(noon, number).toISOString();
  return { number, trigger: 'event', at, duration_ms: 5, url: 'https://a.example', request_headers: {}, ...none };
}

/** The writes of a delivery that is put off, fails, loses a sender, succeeds, and is redelivered. */
async function deliveryTrace() {
  const tenantId = await tenantWithWorkflow(table);
  const clock = testClock();
  const { database, writes } = traced(table, clock.now);
  const target = { endpoint_id: anEndpoint().id, url: 'https://a.example', body: 'envelope' } as const;
  const occurrence = {
    id: stepEventId('run_01KAPQ00000000000000000079', 0),
    type: 'a.b',
    run: null,
    stepIndex: 0,
    data: {},
  };
  const delivery = newDelivery(newEvent(occurrence, [target], noon), target, 'event', noon);
  const store = deliveryStore(database);
  const attempts = deliveryAttemptStore(database);
  const claim = async (made: number, token: string): Promise<Delivery> => {
    const message = { tenant_id: tenantId, delivery_id: delivery.id, attempts: made };
    const until = addSeconds(clock.now(), 30).toISOString();
    return (await attempts.claim(message, { token, until }, clock.now()))!;
  };
  const record = (claimed: Delivery, token: string, verdict: Verdict) =>
    attempts.record(tenantId, claimed, token, { verdict, attempt: anAttempt(claimed.attempts_made + 1) });
  await store.putIfAbsent(tenantId, delivery, addSeconds(noon, 120).toISOString());
  await claim(0, 't1');
  const turn = addSeconds(noon, 10).toISOString();
  await attempts.wait(tenantId, delivery.id, 't1', { turn, dueAt: addSeconds(noon, 120).toISOString() });
  clock.advance(10);
  await record(await claim(0, 't2'), 't2', retried);
  await claim(1, 'dies');
  clock.advance(31);
  await record(await claim(1, 't3'), 't3', answered);
  await store.reopen(tenantId, delivery.id, { nextAttemptAt: turn, dueAt: turn, by: 'call-1' });
  await record(await claim(2, 't4'), 't4', ended('failed', 'attempts_exhausted'));
  return writes;
}

test('the models explain every write of triggers, of their repetitions and of settlement', async () => {
  const { initial, writes, tenantId } = admission;

  expect(judged(initial, writes)).toEqual([]);
  expect(await tenantRow(table, tenantId)).toMatchObject({ d20261122: 3, last_run_number: 4, settled_upto: 4 });
  expect(writes.length).toBeGreaterThan(15);
});

test('the models explain every write of a delivery that waits, fails, loses a sender and is redelivered', () => {
  expect(judged([], delivery)).toEqual([]);
  expect(delivery.length).toBeGreaterThan(12);
});

/** The trace with one row changed as no store would write it. `matches` picks the write. */
function withPlanted(
  writes: readonly TableWrite[],
  matches: (write: TableWrite) => boolean,
  planted: Partial<TableWrite>,
) {
  const index = writes.findIndex(matches);
  expect(index).not.toBe(-1);
  return [...writes.slice(0, index), { ...writes[index]!, ...planted }];
}

const isCounter = ({ key }: TableWrite) => key.sk === 'TENANT';
const isDelivery = ({ key }: TableWrite) => key.sk.startsWith('DELIVERY#');

describe('a write that no model explains is reported:', () => {
  test.each<[string, (write: TableWrite) => boolean, (row: Row) => Row | undefined, RegExp]>([
    ['two runs counted at once', isCounter, (row) => ({ ...row, d20261122: 2 }), /no action of the model/],
    ['a count above the cap', isCounter, (row) => ({ ...row, daily_cap: 0 }), /no action of the model/],
    [
      'a refund of a number that is not void',
      (write) => isCounter(write) && write.after?.['d20261122'] === 2,
      (row) => ({ ...row, d20261122: 0, last_run_number: 1, voided: new Set([1]) }),
      /number 1 is refunded and not void/,
    ],
    [
      'a run under a number that was never counted',
      ({ key }) => key.pk.endsWith('#RUN'),
      (row) => row,
      /never counted/,
    ],
    [
      'a key that a second request takes while the first is at work',
      ({ key, after }) => key.sk === 'CLAIM' && after?.['result'] !== null,
      (row) => ({ ...row, holder: 'run_other', result: null, lease_until: '2026-11-22T13:00:00.000Z' }),
      /does not hold|still holds|not allow/,
    ],
    [
      'settlement that passes a number without a row',
      (write) => isCounter(write) && write.after?.['d20261122'] === 2,
      (row) => ({ ...row, d20261122: 1, last_run_number: 1, settled_upto: 1 }),
      /only 0 was noted/,
    ],
  ])('%s', (what, matches, change, said) => {
    const { initial, writes } = admission;
    const write = writes.find(matches)!;
    const after = change(write.after!);
    const key = what.includes('never') ? { pk: write.key.pk, sk: '0000000099' } : write.key;

    expect(judged(initial, withPlanted(writes, matches, { key, after })).at(-1)).toMatch(said);
  });

  test.each<[string, (write: TableWrite) => boolean, (row: Row) => Row | undefined, RegExp]>([
    [
      'an open delivery without a due time',
      (write) => isDelivery(write) && write.after?.['attempts_made'] === 1,
      ({ due_at: _, ...row }) => row,
      /no action/,
    ],
    [
      'an attempt that is skipped',
      (write) => isDelivery(write) && write.after?.['attempts_made'] === 1,
      (row) => ({ ...row, attempts_made: 2 }),
      /is recorded after attempt 0/,
    ],
    [
      'a lease taken from a sender at work',
      (write) => isDelivery(write) && write.after?.['waiting_until'] !== undefined,
      (row) => ({ ...row, lease: 'other', lease_until: '2026-11-22T12:00:30.000Z', waiting_until: undefined }),
      /does not allow/,
    ],
    [
      'an ended delivery that goes on without a redelivery',
      (write) => isDelivery(write) && write.after?.['reopened_by'] !== undefined,
      (row) => ({ ...row, reopened_by: undefined }),
      /no action|not allow/,
    ],
    [
      'a delivery that disappears',
      (write) => isDelivery(write) && write.after?.['status'] === 'delivered',
      () => undefined,
      /is deleted/,
    ],
  ])('%s', (_, matches, change, said) => {
    const write = delivery.find(matches)!;

    expect(judged([], withPlanted(delivery, matches, { after: change(write.after!) })).at(-1)).toMatch(said);
  });
});
