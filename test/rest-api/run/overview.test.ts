import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import type { Database } from '../../../functions/aws/database';
import { runKey, tallyKey, tenantKey } from '../../../functions/aws/keys';
import type { CountedRun } from '../../../functions/domain/run/overview/tally';
import { emptyTally, moveTally } from '../../../functions/domain/run/overview/tally';
import { startRun } from '../../../functions/domain/run/start-run';
import { tallyStore } from '../../../functions/aws/run/tally';
import { countRuns } from '../../../functions/domain/run/overview/count-runs';
import { aRun, anEndpoint } from '../../support/builders';
import { allOrders, interleaved } from '../../support/interleaved';
import { counted, interceptDatabase } from '../../support/requests';
import { startRest, type Rest } from '../../support/rest';
import { aTrigger, startRunDeps, testClock } from '../../support/start-run';
import { overwrite, putRow, putRuns, rowAt } from '../../support/table';

jest.setTimeout(60_000);

const now = '2026-11-22T12:30:00.000Z';
const since = '2026-11-21T12:00:00.000Z';

let rest: Rest;
let token: string;
let tenantId: string;
const requests = { take: (): Record<string, number> => ({}) };
const writes = { fail: false };

beforeAll(async () => {
  rest = await startRest((table) => {
    const { database, take } = counted(table);
    requests.take = take;
    return interceptDatabase(database, ({ input }, send) =>
      writes.fail && input.Key?.sk === 'TALLY' ? Promise.reject(new Error('table is down')) : send(),
    );
  });
});
afterAll(() => rest.stop());

beforeEach(async () => {
  rest.clock.set(now);
  writes.fail = false;
  ({ id: tenantId, token } = await rest.aTenant({ unlimited: true }));
});

const overview = async (by = token) => (await rest.call('GET', '/api/v1/overview', { token: by })).body;
const tally = () => rowAt(rest.table, tallyKey(tenantId));

/** Puts runs 1 to `count`, each accepted a second after the one before, and makes the tenant count them. */
async function runs(count: number, each: (id: number) => object): Promise<void> {
  await putRuns(rest.table, tenantId, count, each);
  await overwrite(rest.table, tenantKey(tenantId), { last_run_number: count });
}

const failedWith = (code: string) => ({ status: 'failed', error: { code, message: 'Too long.', step: 0 } });
const secondsAfter = (time: string, seconds: number) => new Date(Date.parse(time) + seconds * 1000).toISOString();

/** What the list behind a number of the page has. */
async function listed(query: Record<string, string>): Promise<number> {
  const search = new URLSearchParams({ ...query, limit: '100' });
  let found = 0;
  for (;;) {
    const { body } = await rest.call('GET', `/api/v1/workflow-runs?${search.toString()}`, { token });
    found += (body.data as unknown[]).length;
    if (!body.has_more) return found;
    search.set('cursor', body.next_cursor);
  }
}

describe('the overview', () => {
  it('of a new tenant has nothing to tell, and leaves no row', async () => {
    expect(await overview()).toEqual({
      day: {
        plan: 'pro',
        day: '2026-11-22',
        used: 0,
        cap: null,
        remaining: null,
        starts_at: '2026-11-22T00:00:00.000Z',
        resets_at: '2026-11-23T00:00:00.000Z',
      },
      window: { since, complete: true, counted_upto: null },
      runs: { succeeded: 0, failed: 0, cancelled: 0, running: 0, queued: 0 },
      failures: [],
      endpoints: { total: 0, failing: 0, disabled_by_failures: 0, needs_attention: [] },
      latest: [],
    });
    expect(await tally()).toBeUndefined();
  });

  it('counts every outcome, as the lists behind its numbers do', async () => {
    const outcomes = [
      { status: 'succeeded' },
      failedWith('rendered_too_large'),
      failedWith('rendered_too_large'),
      failedWith('run_timed_out'),
      { status: 'cancelled' },
      { status: 'running' },
      { status: 'queued' },
    ];
    await runs(7, (id) => ({ ...outcomes[id - 1], created_at: secondsAfter(since, id) }));

    const shown = await overview();

    expect(shown.runs).toEqual({ succeeded: 1, failed: 3, cancelled: 1, running: 1, queued: 1 });
    expect(shown.failures).toEqual([
      { code: 'rendered_too_large', count: 2 },
      { code: 'run_timed_out', count: 1 },
    ]);
    expect(shown.latest.map(({ id }: any) => id)).toEqual([7, 6, 5, 4, 3]);
    const from = { created_from: shown.window.since };
    for (const [status, count] of Object.entries(shown.runs))
      expect([status, await listed({ ...from, status })]).toEqual([status, count]);
    for (const { code, count } of shown.failures)
      expect([code, await listed({ ...from, status: 'failed', error_code: code })]).toEqual([code, count]);
  });

  it('begins at a whole hour, 24 hours before the current one, and includes its first instant', async () => {
    const times = ['2026-11-21T11:59:59.999Z', since, '2026-11-21T12:00:00.001Z'];
    await runs(3, (id) => ({ status: 'succeeded', created_at: times[id - 1] }));

    expect((await overview()).runs.succeeded).toBe(2);
    expect(await listed({ created_from: since })).toBe(2);

    rest.clock.set('2026-11-22T13:00:00.000Z');

    expect(await overview()).toMatchObject({ window: { since: '2026-11-21T13:00:00.000Z' }, runs: { succeeded: 0 } });
  });

  it('over midnight counts the runs of both days, and shows the use of the new day', async () => {
    await runs(2, (id) => ({
      status: 'succeeded',
      created_at: ['2026-11-22T23:59:59.999Z', '2026-11-23T00:00:00.000Z'][id - 1],
    }));
    await overwrite(rest.table, tenantKey(tenantId), { d20261122: 1, d20261123: 1 });
    rest.clock.set('2026-11-23T00:00:01.000Z');

    expect(await overview()).toMatchObject({ day: { day: '2026-11-23', used: 1 }, runs: { succeeded: 2 } });
  });

  it('of more runs than one answer counts says how far it came, and the next answer goes on', async () => {
    await runs(1200, (id) => ({ status: 'succeeded', created_at: secondsAfter(since, id) }));

    const first = await overview();
    const second = await overview();

    expect(first.window).toEqual({ since, complete: false, counted_upto: secondsAfter(since, 1000) });
    expect(first.runs.succeeded).toBe(1000);
    expect(second).toMatchObject({ window: { complete: true, counted_upto: null }, runs: { succeeded: 1200 } });
  });

  it('is complete although exactly as many runs were read as one answer reads', async () => {
    await runs(1000, () => ({ status: 'succeeded', created_at: secondsAfter(since, 1) }));

    expect((await overview()).window.complete).toBe(true);
  });

  it('begins at the first run of the window if nobody has looked for long', async () => {
    await runs(2500, (id) => ({
      status: 'succeeded',
      created_at: id <= 2400 ? secondsAfter('2026-11-01T00:00:00.000Z', id) : secondsAfter(since, id),
    }));

    expect(await overview()).toMatchObject({ window: { complete: true }, runs: { succeeded: 100 } });
  });

  it('does not read again what it has counted, and takes few requests whatever the size of the tenant', async () => {
    await runs(500, (id) => ({ status: id === 500 ? 'running' : 'succeeded', created_at: secondsAfter(since, id) }));
    await overview();
    await rest.holdLease(token, rest.call);
    requests.take();

    const shown = await overview();

    // Tenant and tally; what is open. The newest runs; the endpoints.
    expect(requests.take()).toEqual({ BatchGet: 2, Query: 2 });
    expect(shown.runs).toMatchObject({ succeeded: 499, running: 1 });
    expect(await tally()).toMatchObject({ upto: 500, open: [500] });
  });

  it('counts a run that was open when others were counted once it has ended', async () => {
    await runs(100, (id) => ({ status: id === 7 ? 'running' : 'succeeded', created_at: secondsAfter(since, id) }));
    expect((await overview()).runs).toMatchObject({ succeeded: 99, running: 1 });

    await overwrite(rest.table, runKey(tenantId, 7), failedWith('run_interrupted'));

    expect(await overview()).toMatchObject({
      runs: { succeeded: 99, failed: 1, running: 0 },
      failures: [{ code: 'run_interrupted', count: 1 }],
    });
  });

  it('counts a run whose row comes later than those of newer runs', async () => {
    const justNow = secondsAfter(now, -60);
    await runs(100, (id) => ({ status: 'succeeded', created_at: id < 80 ? secondsAfter(since, id) : justNow }));
    const late = await rowAt(rest.table, runKey(tenantId, 80));
    await rest.table.client.send(new DeleteCommand({ TableName: rest.table.tableName, Key: runKey(tenantId, 80) }));
    expect((await overview()).runs.succeeded).toBe(99);

    await putRow(rest.table, late!);

    expect((await overview()).runs.succeeded).toBe(100);
    expect(await tally()).toMatchObject({ upto: 79 });
  });

  it('passes numbers at once that settlement has looked at', async () => {
    await runs(60, () => ({ status: 'succeeded', created_at: now }));
    await overwrite(rest.table, tenantKey(tenantId), { settled_upto: 60 });

    await overview();

    expect(await tally()).toMatchObject({ upto: 60 });
  });

  it('does not count void numbers', async () => {
    await runs(60, (id) => ({ status: 'succeeded', created_at: secondsAfter(since, id) }));
    for (const id of [1, 30, 60]) await putRow(rest.table, { ...runKey(tenantId, id), void: true });

    expect((await overview()).runs.succeeded).toBe(57);
    expect((await overview()).runs.succeeded).toBe(57);
  });

  it('is the same if its tally cannot be written', async () => {
    await runs(100, (id) => ({ status: 'succeeded', created_at: secondsAfter(since, id) }));
    writes.fail = true;

    expect((await overview()).runs.succeeded).toBe(100);
    expect((await overview()).runs.succeeded).toBe(100);
    expect(await tally()).toBeUndefined();
  });

  it('forgets the hours before the window', async () => {
    await runs(100, (id) => ({ status: 'succeeded', created_at: secondsAfter(since, id) }));
    await overview();
    await putRuns(rest.table, tenantId, 200, (id) => ({
      status: 'succeeded',
      created_at: secondsAfter(id <= 100 ? since : now, id),
    }));
    await overwrite(rest.table, tenantKey(tenantId), { last_run_number: 200 });
    rest.clock.set('2026-11-23T12:30:00.000Z');

    expect((await overview()).runs.succeeded).toBe(100);
    expect(Object.keys((await tally())!['hours'] as object)).toEqual(['2026-11-22T12']);
  });

  it('counts the runs of today against the cap', async () => {
    const growth = await rest.aTenant({ daily_cap: 3 });
    await rest.aWorkflow(growth.id);
    const { deps } = startRunDeps(rest.table, testClock(now));
    for (let started = 0; started < 3; started += 1) await startRun(deps, aTrigger(growth.id));

    expect(await overview(growth.token)).toMatchObject({
      day: { used: 3, cap: 3, remaining: 0 },
      runs: { queued: 3 },
    });
  });
});

describe('two answers at once', () => {
  it('count the same, whichever request is sent first', async () => {
    const look = async (database: Database) => {
      const tallies = tallyStore(database);
      const { tenant, tally: stored } = await tallies.read(tenantId);
      return countRuns({ tallies }, { tenant: tenant!, tally: stored, now: new Date(now) });
    };
    for (const turns of allOrders([3, 3])) {
      ({ id: tenantId, token } = await rest.aTenant({ unlimited: true }));
      await runs(60, (id) => ({ status: 'succeeded', created_at: secondsAfter(since, id) }));

      const answers = await interleaved(rest.table, [look, look], turns, async () => undefined);

      expect(answers).toMatchObject([{ succeeded: 60 }, { succeeded: 60 }]);
      expect(await tally()).toMatchObject({ upto: 60, hours: { '2026-11-21T12': { succeeded: 60 } } });
    }
  });

  it('never let a tally that came late bring back an earlier one', async () => {
    await runs(200, (id) => ({ status: 'succeeded', created_at: secondsAfter(since, id) }));
    const store = tallyStore(rest.table);
    const at = (upto: number) => ({ ...emptyTally, upto, upto_at: since });
    await store.move(tenantId, undefined, at(50));

    expect(await store.move(tenantId, at(50), at(150))).toBe(true);
    expect(await store.move(tenantId, at(50), at(100))).toBe(false);
    expect(await store.move(tenantId, undefined, at(10))).toBe(false);
    expect(await tally()).toMatchObject({ upto: 150 });
  });
});

describe('endpoints on the overview', () => {
  const endpoint = async (id: string, changes: object) => {
    const made = anEndpoint({ id, url: `https://hooks.example.com/${id}?key=s3cret`, ...changes });
    await rest.deps.endpoints.create(tenantId, made, { secret: 'whsec_x', keyHash: undefined }, new Date(now));
  };
  const failing = { failing_since: '2026-11-22T11:00:00.000Z', failed_days: 1 };
  beforeEach(async () => {
    await endpoint('ep_0000000001', {});
    await endpoint('ep_0000000002', failing);
    await endpoint('ep_0000000003', { status: 'disabled', disabled_reason: 'receiver_gone' });
    await endpoint('ep_0000000004', { status: 'disabled', disabled_reason: 'by_request' });
  });

  it('are those that somebody must look at', async () => {
    const { endpoints } = await overview();

    expect(endpoints).toMatchObject({
      total: 4,
      failing: 1,
      disabled_by_failures: 1,
      needs_attention: [
        { id: 'ep_0000000003', health: 'disabled_by_failures', disabled_reason: 'receiver_gone' },
        { id: 'ep_0000000002', health: 'failing', failing_since: '2026-11-22T11:00:00.000Z', warning: null },
      ],
    });
  });

  it('show the query of their URL only to those who may change it', async () => {
    const urls = async (by: string) => (await overview(by)).endpoints.needs_attention.map(({ url }: any) => url);

    expect(await urls(rest.aMember(tenantId))).toContain('https://hooks.example.com/ep_0000000002?key=s3cret');
    expect((await urls(rest.aMember(tenantId, ['viewer']))).join(' ')).not.toContain('s3cret');
  });

  it('are left out for a token that may not read them', async () => {
    const reader = await rest.aToken(tenantId, { scopes: ['workflows:read'] });

    expect((await overview(reader)).endpoints).toBeNull();
  });

  it('are at most ten', async () => {
    for (let id = 10; id < 25; id += 1) await endpoint(`ep_00000000${id}`, failing);

    const { endpoints } = await overview();

    expect([endpoints.failing, endpoints.needs_attention.length]).toEqual([16, 10]);
  });
});

test('a tally that is moved in any steps counts what a count over all runs counts', () => {
  const aStatus = fc.constantFrom('queued', 'running', 'succeeded', 'failed', 'cancelled');
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ status: aStatus, end: aStatus, hour: fc.integer({ min: 8, max: 18 }), isVoid: fc.boolean() }),
        {
          maxLength: 160,
        },
      ),
      fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 8 }),
      (made, steps) => {
        const isOpen = (status: string) => status === 'queued' || status === 'running';
        const at = (hour: number) => `2026-11-21T${String(hour).padStart(2, '0')}:30:00.000Z`;
        const all = made.map(({ status, hour, isVoid }, index) => {
          const run = { ...aRun({ id: index + 1, created_at: at(hour) }), status, error: null } as CountedRun;
          return { id: index + 1, run: isVoid ? undefined : run };
        });
        const later = all.map((number, index) => {
          const end = made[index]!.end;
          const { run } = number;
          return run !== undefined && isOpen(run.status) ? { ...number, run: { ...run, status: end as any } } : number;
        });
        let moved = moveTally(emptyTally, { open: [], later: [], since, isFinal: () => true });
        for (const step of steps) {
          const { tally: reached } = moved;
          moved = moveTally(reached, {
            open: reached.open.map((id) => all[id - 1]!.run!),
            later: all.filter(({ id }) => id > reached.upto),
            since,
            isFinal: ({ id }) => id <= reached.upto + step,
          });
        }
        const { tally: reached } = moved;
        const last = moveTally(reached, {
          open: reached.open.map((id) => later[id - 1]!.run!),
          later: later.filter(({ id }) => id > reached.upto),
          since,
          isFinal: () => true,
        });

        const inWindow = later.flatMap(({ run }) => (run !== undefined && run.created_at >= since ? [run] : []));
        const stillOpen = [...last.open, ...last.left.filter((run) => isOpen(run.status) && run.created_at >= since)];
        for (const status of ['succeeded', 'failed', 'cancelled'] as const) {
          const tallied = Object.values(last.tally.hours).reduce((sum, hour) => sum + hour[status], 0);
          const left = last.left.filter((run) => run.status === status && run.created_at >= since).length;
          expect(tallied + left).toBe(inWindow.filter((run) => run.status === status).length);
        }
        expect(stillOpen.length).toBe(inWindow.filter((run) => isOpen(run.status)).length);
      },
    ),
    { numRuns: 200 },
  );
});
