import { hostPlaceStore } from '../../functions/aws/endpoint/host-places';
import { noon } from '../support/builders';
import { startTable, type Table } from '../support/engines';
import { interceptDatabase, isWrite } from '../support/requests';

let table: Table;
beforeAll(async () => {
  table = await startTable();
});
afterAll(() => table.stop());

test('a place at a host counts once, even if the write that takes it is sent twice', async () => {
  const twice = interceptDatabase(table, async (command, send) => {
    if (isWrite(command)) await send();
    return send();
  });
  const place = { endpointId: 'ep_1', host: 'hooks.example.com', limit: 2, now: noon };

  expect(await hostPlaceStore(twice).take('acme', place)).toBe(true);

  expect(await hostPlaceStore(table).take('acme', { ...place, endpointId: 'ep_2' })).toBe(true);
  expect(await hostPlaceStore(table).take('acme', { ...place, endpointId: 'ep_3' })).toBe(false);
});
