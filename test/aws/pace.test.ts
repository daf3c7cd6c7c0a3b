import type { Database } from '../../functions/aws/database';
import { paceStore } from '../../functions/aws/delivery/pace';
import { paceKey } from '../../functions/aws/keys';
import { tableShape } from '../../functions/contract/table';
import { addSeconds } from '../../functions/domain/day';
import { noon } from '../support/builders';
import { startTable, type Table } from '../support/engines';
import { allOrders, interleaved } from '../support/interleaved';
import { counted, interceptDatabase, isWrite } from '../support/requests';
import { rowAt } from '../support/table';

let table: Table;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table.stop());

let hosts = 0;
const aHost = () => `host-${(hosts += 1)}.example.com`;

const attempts = (count: number, perSecond = 2, hasWaited = false) =>
  Array.from({ length: count }, () => ({ endpointId: 'ep_0000000000', perSecond, hasWaited }));
const take = (database: Database, host: string, count: number, mark: string, now = noon) =>
  paceStore(database).take('acme', host, attempts(count), { now, mark });
const second = noon.getTime() / 1000;

test('a turn on an idle host takes one request', async () => {
  const host = aHost();
  const { database, take: taken } = counted(table);

  expect(await take(database, host, 1, 'a')).toEqual(['now']);
  expect(await take(database, host, 1, 'b', addSeconds(noon, 1))).toEqual(['now']);

  expect(taken()).toEqual({ Update: 2 });
});

const orders = allOrders([3, 3]);
test.each(orders.map((turns) => [turns.join(' '), turns] as const))(
  'two senders at once together stay within the rate (%s)',
  async (_name, turns) => {
    const host = aHost();

    const given = await interleaved(
      table,
      [(database) => take(database, host, 2, 'a'), (database) => take(database, host, 3, 'b')],
      [...turns, 0, 0, 0, 1, 1, 1],
      async () => undefined,
    );

    expect(given.flat().sort()).toEqual([second + 1, second + 1, second + 2, 'now', 'now']);
  },
);

test('a write that the SDK repeats takes no second place', async () => {
  const host = aHost();
  const twice = interceptDatabase(table, async (command, send) => {
    if (isWrite(command)) await send();
    return send();
  });

  expect(await take(twice, host, 2, 'a')).toEqual(['now', 'now']);
  expect(await take(twice, host, 1, 'b')).toEqual([second + 1]);
  expect(await take(twice, host, 2, 'c')).toEqual([second + 1, second + 2]);
});

test('a sender that others overtake each time gives up after ten writes', async () => {
  const host = aHost();
  await take(table, host, 1, 'first');
  let others = 0;
  const overtaken = interceptDatabase(table, async (command, send) => {
    if (isWrite(command)) await take(table, host, 1, `other-${(others += 1)}`);
    return send();
  });

  expect(await take(overtaken, host, 1, 'slow')).toBeUndefined();
  expect(others).toBe(10);
});

test('the row of a host is deleted a day after its last turn', async () => {
  const host = aHost();
  await take(table, host, 6, 'a');

  expect(await rowAt(table, paceKey('acme', host))).toMatchObject({ [tableShape.ttl]: second + 3 + 86_400 });
});
