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

  it('are requested again with exponential back-off', async () => {
    const sent: number[] = [];
    const database = databaseReplying((requested) => {
      sent.push(requested.length);
      const [first, ...others] = requested;
      return {
        Responses: { [table.tableName]: [first] },
        UnprocessedKeys: others.length > 0 ? { [table.tableName]: { Keys: others } } : {},
      };
    });

    const reading = getRows(database, keys(3));
    await jest.advanceTimersByTimeAsync(50);
    expect(sent).toEqual([3, 2]);
    await jest.advanceTimersByTimeAsync(100);

    expect(await reading).toEqual(keys(3));
    expect(sent).toEqual([3, 2, 1]);
  });

  it('make the read fail after six attempts', async () => {
    let sent = 0;
    const database = databaseReplying((requested) => {
      sent += 1;
      return { UnprocessedKeys: { [table.tableName]: { Keys: requested } } };
    });

    const reading = getRows(database, keys(3)).catch(String);
    await jest.runAllTimersAsync();

    expect(await reading).toMatch('unprocessed after 6 attempts');
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
