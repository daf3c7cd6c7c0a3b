import { runsCounted } from '../../../dashboard/src/pages/usage/runs-counted';
import type { Database } from '../../../functions/aws/database';
import { runKey } from '../../../functions/aws/keys';
import { settlementStore } from '../../../functions/aws/run/settlement';
import { boundsOfDay } from '../../../functions/domain/day';
import { startRun } from '../../../functions/domain/run/start-run';
import { breaking, isRunPut } from '../../support/requests';
import { startRest, type Rest } from '../../support/rest';
import { aTrigger, startRunDeps, testClock } from '../../support/start-run';
import { putRow } from '../../support/table';

let rest: Rest;

beforeAll(async () => {
  rest = await startRest();
});
afterAll(() => rest.stop());

const day = '2026-11-23';

/** The ids of the runs counted on a day, with the same query as on the usage page. */
async function runsOf(token: string, usage: Parameters<typeof runsCounted>[0]): Promise<number[]> {
  const filters = new URLSearchParams({ ...runsCounted(usage), limit: '40' });
  const ids: number[] = [];
  for (;;) {
    const { body } = await rest.call('GET', `/api/v1/workflow-runs?${filters.toString()}`, { token });
    ids.push(...body.data.map(({ id }: any) => id));
    if (!body.has_more) return ids;
    filters.set('cursor', body.next_cursor);
  }
}

test('the number of runs listed for a day equals its usage, even around midnight and with lost admissions', async () => {
  const { id: tenantId, token } = await rest.aTenant();
  await rest.aWorkflow(tenantId);
  const at = (time: string, database: Database = rest.table) =>
    startRun(startRunDeps(database, testClock(time)).deps, aTrigger(tenantId)).catch((error: unknown) => error);
  const dying = () => breaking(rest.table, 'lost request', isRunPut).database;

  await Promise.all(Array.from({ length: 45 }, () => at('2026-11-22T23:59:59.990Z')));
  // Two clocks disagree about the day, and admissions are lost on both sides of midnight.
  await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      at(n % 2 === 0 ? '2026-11-22T23:59:59.999Z' : '2026-11-23T00:00:00.000Z', n % 10 === 0 ? dying() : rest.table),
    ),
  );
  // One number without a refund is left for settlement.
  await settlementStore(rest.table).settle(tenantId, new Date('2026-11-23T00:01:00.000Z'));
  await settlementStore(rest.table).settle(tenantId, new Date('2026-11-23T00:02:00.000Z'));
  rest.clock.set('2026-11-23T00:10:00.000Z');

  const { body: usage } = await rest.call('GET', '/api/v1/usage', { token });

  expect(usage).toMatchObject({ day, used: (await runsOf(token, usage)).length });
  const history: { day: string; used: number }[] = usage.history;
  expect(history.map(({ used }) => used).reduce((sum, used) => sum + used)).toBe(99);
  for (const { day: on, used } of history) {
    const { start, end } = boundsOfDay(on);
    const bounds = { starts_at: start.toISOString(), resets_at: end.toISOString() };
    expect([on, (await runsOf(token, bounds)).length]).toEqual([on, used]);
  }
});

test('a run created in the first instant of a day is listed for that day', async () => {
  const { id: tenantId, token } = await rest.aTenant();
  await rest.aWorkflow(tenantId);
  const at = (time: string) => startRun(startRunDeps(rest.table, testClock(time)).deps, aTrigger(tenantId));
  await at('2026-11-22T23:59:59.999Z');
  await at('2026-11-23T00:00:00.000Z');
  // This clock is a moment slow: its run is counted on the 23rd and created at the first instant of that day.
  await at('2026-11-22T23:59:59.900Z');

  rest.clock.set('2026-11-23T09:00:00.000Z');
  const { body: usage } = await rest.call('GET', '/api/v1/usage', { token });

  expect([usage.used, await runsOf(token, usage)]).toEqual([2, [3, 2]]);
});

test('a refunded number is neither listed nor found as a run', async () => {
  const { id: tenantId, token } = await rest.aTenant();
  await rest.aWorkflow(tenantId);
  await putRow(rest.table, { ...runKey(tenantId, 1), void: true });

  expect((await rest.call('GET', '/api/v1/workflow-runs', { token })).body).toMatchObject({
    data: [],
    has_more: false,
  });
  expect((await rest.call('GET', '/api/v1/workflow-runs/1', { token })).body).toMatchObject({ code: 'not_found' });
  expect((await rest.call('POST', '/api/v1/workflow-runs/1/cancel', { token })).body.code).toBe('not_found');
  expect((await rest.call('POST', '/api/v1/workflow-runs/1/rerun', { token })).body.code).toBe('not_found');
});
