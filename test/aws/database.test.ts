import { getRows, type Database, type Row } from '../../functions/aws/database';
import { runKey } from '../../functions/aws/keys';
import { startTable, type Table } from '../support/engines';
import { interceptClient, counted } from '../support/requests';
import { putRows } from '../support/table';

let table: Table;
beforeAll(async () => (table = await startTable()));
afterAll(() => table.stop());

const keys = (count: number) => Array.from({ length: count }, (_, index) => runKey('acme', index + 1));

describe('reading rows by their keys', () => {
  beforeAll(() =>
    putRows(
      table,
      keys(250).map((key) => ({ ...key })),
    ),
  );

  it('takes any number of keys, 100 in each request, and keeps their order', async () => {
    const { database, take } = counted(table);
    const requested = keys(251).toReversed();

    const rows = await getRows(database, requested);

    expect(rows).toEqual([undefined, ...keys(250).toReversed()]);
    expect(take()).toEqual({ BatchGet: 3 });
  });

  it('sends no request if there are no keys', async () => {
    const { database, take } = counted(table);

    expect(await getRows(database, [])).toEqual([]);
    expect(take()).toEqual({});
  });

  it('reads a row once even if its key is given twice, which DynamoDB would refuse', async () => {
    const [key] = keys(1);

    expect(await getRows(table, [key!, key!])).toEqual([key, key]);
  });
});

describe('rows that DynamoDB left unprocessed', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** A database whose every response comes from `reply`. */
  const databaseReplying = (reply: (keys: Row[]) => object): Database => {
    const client = interceptClient(table.client, async ({ input }) => reply(input.RequestItems[table.tableName].Keys));
    return { ...table, client };
  };

  it('are requested again at once for as long as each request reads some', async () => {
    const sent: number[] = [];
    const database = databaseReplying((requested) => {
      sent.push(requested.length);
      const [first, ...others] = requested;
      return {
        Responses: { [table.tableName]: [first] },
        UnprocessedKeys: others.length > 0 ? { [table.tableName]: { Keys: others } } : {},
      };
    });

    // No timer is advanced: the read does not wait.
    expect(await getRows(database, keys(100))).toEqual(keys(100));
    expect(sent).toEqual(Array.from({ length: 100 }, (_, index) => 100 - index));
  });

  it('are requested again with exponential back-off if a request read none', async () => {
    const sent: number[] = [];
    const database = databaseReplying((requested) => {
      sent.push(requested.length);
      const refused = sent.length < 3;
      return {
        Responses: { [table.tableName]: refused ? [] : requested },
        UnprocessedKeys: refused ? { [table.tableName]: { Keys: requested } } : {},
      };
    });

    const reading = getRows(database, keys(3));
    await jest.advanceTimersByTimeAsync(49);
    expect(sent).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(sent).toHaveLength(2);
    await jest.advanceTimersByTimeAsync(99);
    expect(sent).toHaveLength(2);
    await jest.advanceTimersByTimeAsync(1);

    expect(await reading).toEqual(keys(3));
  });

  it('make the read fail after six requests in a row that read none', async () => {
    let sent = 0;
    const database = databaseReplying((requested) => {
      sent += 1;
      return { UnprocessedKeys: { [table.tableName]: { Keys: requested } } };
    });

    const reading = getRows(database, keys(3)).catch(String);
    await jest.runAllTimersAsync();

    expect(await reading).toMatch('read nothing in 6 requests in a row; 3 keys are left');
    expect(sent).toBe(6);
  });

  it('in one batch of 100 do not use up the attempts of the next batch', async () => {
    let sent = 0;
    const database = databaseReplying((requested) => {
      sent += 1;
      const refused = sent % 5 === 0 ? {} : { [table.tableName]: { Keys: requested } };
      return { Responses: { [table.tableName]: sent % 5 === 0 ? requested : [] }, UnprocessedKeys: refused };
    });

    const reading = getRows(database, keys(250));
    await jest.runAllTimersAsync();

    expect(await reading).toEqual(keys(250));
    expect(sent).toBe(15);
  });
});
