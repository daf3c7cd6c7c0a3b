import { runKey } from '../../../functions/aws/keys';
import { runProgressStore } from '../../../functions/aws/run/progress';
import { noon } from '../../support/builders';
import { counted, interceptDatabase } from '../../support/requests';
import { startRest, type Rest } from '../../support/rest';
import { putRow, putRuns } from '../../support/table';

jest.setTimeout(60_000);

let rest: Rest;
let token: string;
let tenantId: string;

let rowsRead = 0;
const requests = { take: (): Record<string, number> => ({}) };

beforeAll(async () => {
  rest = await startRest((table) => {
    const { database, take } = counted(table);
    requests.take = take;
    return interceptDatabase(database, ({ input }, send) => {
      rowsRead += Number(input.RequestItems?.[table.tableName].Keys.length ?? 0);
      return send();
    });
  });
});

afterAll(() => rest.stop());

beforeEach(async () => {
  rest.clock.set(noon);
  ({ id: tenantId, token } = await rest.aTenant());
});

const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
const runsPath = '/api/v1/workflow-runs';
const list = async (query = '', by = token) => rest.call('GET', `${runsPath}${query}`, { token: by });
const ids = (answer: { body: any }): number[] => answer.body.data.map(({ id }: any) => id);

const runs = (count: number, each?: (id: number) => object) => putRuns(rest.table, tenantId, count, each);

/** Reads all pages by following `next_cursor`. */
async function pages(query: string): Promise<number[][]> {
  const found: number[][] = [];
  for (let cursor = ''; ;) {
    const answer = await list(`?${query}${cursor}`);
    found.push(ids(answer));
    expect(answer.body.has_more).toBe(answer.body.next_cursor !== null);
    if (!answer.body.has_more) return found;
    cursor = `&cursor=${answer.body.next_cursor}`;
  }
}

describe('the list of runs', () => {
  it('is empty before the first run', async () => {
    expect((await list()).body).toEqual({ data: [], has_more: false, next_cursor: null });
  });

  it('shows the newest runs first, 25 by default', async () => {
    await runs(30);

    const first = await list();

    expect(ids(first)).toEqual(times(25, (n) => 30 - n));
    expect(first.body.has_more).toBe(true);
    expect(first.body.data[0]).not.toHaveProperty('input');
    expect(ids(await list(`?cursor=${first.body.next_cursor}`))).toEqual([5, 4, 3, 2, 1]);
  });

  it.each([1, 3, 7, 100])('in pages of %d has every run once, and has_more is exact', async (limit) => {
    await runs(7);

    const found = await pages(`limit=${limit}`);

    expect(found.flat()).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(found).toHaveLength(Math.ceil(7 / limit));
  });

  it('continues at the same place even if new runs arrive', async () => {
    await runs(4);
    const first = await list('?limit=2');
    await runs(6);

    expect(ids(await list(`?limit=2&cursor=${first.body.next_cursor}`))).toEqual([2, 1]);
  });

  it('shows a run as soon as its trigger is answered', async () => {
    await rest.aWorkflow(tenantId);
    const { body } = await rest.call('POST', '/api/v1/workflows/1/runs', { token });

    expect(ids(await list('?limit=1'))).toEqual([body.id]);
  });

  it('never shows a refunded number, and its pages are full nevertheless', async () => {
    await runs(6);
    for (const id of [5, 4, 1]) await putRow(rest.table, { ...runKey(tenantId, id), void: true });

    expect(await pages('limit=2')).toEqual([[6, 3], [2]]);
    expect(await pages('limit=3')).toEqual([[6, 3, 2]]);
    expect(ids(await list('?status=queued'))).toEqual([6, 3, 2]);
  });

  it('reads a page in one request', async () => {
    await runs(10);
    await rest.holdLease(token, rest.call);
    requests.take();

    await list('?limit=10');

    expect(requests.take()).toEqual({ Query: 1 });
  });

  it('of one workflow reads only the rows it shows and one more', async () => {
    await runs(30);
    rowsRead = 0;

    expect(ids(await list('?limit=5&workflow_id=1'))).toEqual([30, 29, 28, 27, 26]);

    expect(rowsRead).toBe(6);
  });

  it.each(['', '&workflow_id=1', '&workflow_id=1&status=queued'])(
    'in pages of the maximum length (limit=100%s) has every run once',
    async (filter) => {
      await runs(201);

      const found = await pages(`limit=100${filter}`);

      expect(found.flat()).toEqual(times(201, (n) => 201 - n));
      expect(found.map(({ length }) => length)).toEqual([100, 100, 1]);
    },
  );
});

describe('filters', () => {
  beforeEach(() =>
    runs(12, (id) => ({
      workflow_id: (id % 2) + 1,
      status: id % 3 === 0 ? 'failed' : 'succeeded',
      triggered_by: { channel: id > 6 ? 'mcp' : 'rest_api', name: 'x' },
    })),
  );

  it.each([
    ['status=failed', [12, 9, 6, 3]],
    ['status=running', []],
    ['channel=rest_api', [6, 5, 4, 3, 2, 1]],
    ['workflow_id=1', [12, 10, 8, 6, 4, 2]],
    ['workflow_id=2', [11, 9, 7, 5, 3, 1]],
    ['workflow_id=3', []],
    ['workflow_id=1&status=failed', [12, 6]],
    ['workflow_id=1&status=failed&channel=mcp', [12]],
    ['created_after=2026-11-22T12:00:09Z', [12, 11]],
    ['created_before=2026-11-22T12:00:02Z', [2, 1]],
    ['created_after=2026-11-22T12:00:02.500Z&created_before=2026-11-22T14:00:05%2B02:00', [5, 4]],
    ['created_after=2026-11-23T00:00:00Z', []],
    ['created_from=2026-11-22T12:00:09Z', [12, 11, 10]],
    ['created_from=2026-11-22T12:00:02Z&created_before=2026-11-22T12:00:04Z', [4, 3]],
    ['created_from=2026-11-22T12:00:02Z&created_after=2026-11-22T12:00:09Z', [12, 11]],
    ['created_from=2026-11-23T00:00:00Z', []],
  ])('%s returns %j', async (query, expected) => {
    expect(ids(await list(`?${query}`))).toEqual(expected);
    expect((await pages(`${query}&limit=1`)).flat()).toEqual(expected);
    expect((await pages(`${query}&limit=2`)).flat()).toEqual(expected);
  });

  it.each([
    ['limit=0', 'limit', 'Must be at least 1.'],
    ['limit=101', 'limit', 'Must be at most 100.'],
    ['status=lost', 'status', 'Must be one of: queued, running, succeeded, failed, cancelled.'],
    ['channel=cli', 'channel', 'Must be one of: dashboard, rest_api, mcp.'],
    ['workflow_id=one', 'workflow_id', 'Must be an id: a whole number from 1.'],
    ['workflow_id=0', 'workflow_id', 'Must be an id: a whole number from 1.'],
    ['created_from=today', 'created_from', 'Must be an RFC 3339 time, such as 2026-01-31T12:00:00Z.'],
    ['created_after=today', 'created_after', 'Must be an RFC 3339 time, such as 2026-01-31T12:00:00Z.'],
    ['state=failed', 'state', 'Unknown parameter; remove it.'],
    ['status=failed&status=queued', 'status', 'Give this parameter once.'],
  ])('%s is refused with 422 and the name of its parameter', async (query, parameter, detail) => {
    expect(await list(`?${query}`)).toMatchObject({
      status: 422,
      body: { code: 'invalid_request', errors: [{ parameter, detail }] },
    });
  });

  it('have all their faults reported at once', async () => {
    const { body } = await list('?limit=0&status=lost&x=1');

    expect(body.errors.map(({ parameter }: any) => parameter)).toEqual(['limit', 'status', 'x']);
  });
});

describe('a cursor', () => {
  const refused = {
    status: 422,
    body: {
      code: 'invalid_request',
      errors: [
        {
          parameter: 'cursor',
          code: 'invalid_cursor',
          detail: 'Not a cursor of this list with these filters; start again without one.',
        },
      ],
    },
  };

  it('is valid with its own filters and with any limit', async () => {
    await runs(5);
    const { body } = await list('?limit=1&status=queued');

    expect(ids(await list(`?limit=2&status=queued&cursor=${body.next_cursor}`))).toEqual([4, 3]);
    expect(await list(`?cursor=${body.next_cursor}`)).toMatchObject(refused);
    expect(await list(`?status=failed&cursor=${body.next_cursor}`)).toMatchObject(refused);
  });

  it('of another tenant or another list, tampered with or made up, is always refused in the same way', async () => {
    await runs(3);
    const { body } = await list('?limit=1');
    const stranger = await rest.aTenant();
    const cursor: string = body.next_cursor;
    const tampered = cursor.slice(0, -2) + (cursor.endsWith('AA') ? 'BB' : 'AA');

    expect(await list(`?cursor=${cursor}`, stranger.token)).toMatchObject(refused);
    expect(await rest.call('GET', `/api/v1/workflows?cursor=${cursor}`, { token })).toMatchObject(refused);
    for (const made of [tampered, '0000000002', 'x', '', 'a'.repeat(500)]) {
      expect(await list(`?cursor=${made}`)).toMatchObject(refused);
    }
    expect(await list(`?cursor=${'a'.repeat(501)}`)).toMatchObject({
      status: 422,
      body: { errors: [{ parameter: 'cursor' }] },
    });
  });
});

describe('a rare run among many', () => {
  it('is found on a later page, because a request reads at most 1,000 rows', async () => {
    await runs(1205, (id) => ({ status: id === 5 ? 'failed' : 'succeeded' }));
    requests.take();

    const first = await list('?status=failed');
    expect(requests.take()).toEqual({ Query: 10, Get: expect.any(Number) });
    const second = await list(`?status=failed&cursor=${first.body.next_cursor}`);

    expect(first.body).toMatchObject({ data: [], has_more: true, next_cursor: expect.any(String) });
    expect(ids(second)).toEqual([5]);
    expect(second.body.has_more).toBe(false);
  });

  it.each(['created_after', 'created_from'])('is not searched for before %s', async (filter) => {
    const dayBefore = { created_at: '2026-11-21T12:00:00.000Z' };
    await runs(300, (id) => (id < 290 ? dayBefore : {}));
    await rest.holdLease(token, rest.call);
    requests.take();

    expect(ids(await list(`?${filter}=2026-11-22T00:00:00Z`))).toHaveLength(11);

    expect(requests.take()).toEqual({ Query: 1 });
  });
});

describe('runs of long ago', () => {
  const day = 86_400_000;
  /** Each run is an hour older than the next. */
  const at = (id: number) => new Date(noon.getTime() - (1_200 - id) * (day / 24)).toISOString();
  const before = `created_before=${at(11)}`;
  /** The tests of this history only read it. */
  let old: { id: string; token: string };
  beforeAll(async () => {
    old = await rest.aTenant();
    await putRuns(rest.table, old.id, 1_200, (id) => ({ created_at: at(id) }));
  });
  beforeEach(() => ({ id: tenantId, token } = old));

  it.each(['', '&workflow_id=1', '&status=queued'])('are found in one call by their date (%s)', async (filter) => {
    await rest.holdLease(token, rest.call);
    requests.take();

    const answer = await list(`?${before}&created_from=${at(3)}${filter}`);
    const { Query = 0 } = requests.take();

    expect(ids(answer)).toEqual([10, 9, 8, 7, 6, 5, 4, 3]);
    expect(answer.body.has_more).toBe(false);
    expect(Query).toBeLessThanOrEqual(10);
  });

  it('go on with a cursor like any list', async () => {
    expect((await pages(`limit=4&${before}`)).flat()).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  it('are found although their numbers and their times are not in the same order', async () => {
    ({ id: tenantId, token } = await rest.aTenant());
    // Every other run was counted by a function whose clock is four minutes behind.
    const late = (id: number) => new Date(Date.parse(at(0)) + id * 1_000 - (id % 2) * 240_000).toISOString();
    await runs(1_200, (id) => ({ created_at: late(id) }));
    const limit = late(600);
    const older = times(1_200, (n) => 1_200 - n).filter((id) => late(id) < limit);

    expect((await pages(`limit=100&created_before=${limit}`)).flat()).toEqual(older);
  });

  it('are found past many numbers without a run', async () => {
    ({ id: tenantId, token } = await rest.aTenant());
    await runs(1_200, (id) => ({ created_at: at(id) }));
    for (const id of times(200, (n) => 500 + n)) await putRow(rest.table, { ...runKey(tenantId, id), void: true });

    expect((await pages(`limit=100&${before}`)).flat()).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });
});

it('A workflow shows its newest run, in any status', async () => {
  await rest.aWorkflow(tenantId);
  await rest.aWorkflow(tenantId, { name: 'Never run' });
  await rest.call('POST', '/api/v1/workflows/1/runs', { token });
  await rest.call('POST', '/api/v1/workflows/1/runs', { token });
  await runProgressStore(rest.table).end(tenantId, 2, { status: 'cancelled', at: noon.toISOString(), error: null });

  const { body } = await rest.call('GET', '/api/v1/workflows', { token });

  expect(body.data.map(({ name, last_run }: any) => [name, last_run])).toEqual([
    ['Never run', null],
    ['Spring Promo', { id: 2, status: 'cancelled', created_at: '2026-11-22T12:00:00.000Z' }],
  ]);
});
