import { openTable, type Table } from '../support/engines';
import { conditions } from './contract/conditions';
import { indexes } from './contract/indexes';
import { pages } from './contract/pages';
import { races } from './contract/races';
import { reads } from './contract/reads';
import { refusals } from './contract/refusals';
import { updates } from './contract/updates';
import { values } from './contract/values';
import { provedKinds } from './kinds/known-kinds';

describe.each([
  ['over the network, as the product does', true],
  ['as the other tests do', false],
])('the table, asked %s,', (_how, overNetwork) => {
  let opened: Table;
  beforeAll(async () => (opened = await openTable({ overNetwork })));
  afterAll(() => opened.stop());

  const table = () => opened;
  conditions(table);
  updates(table);
  reads(table);
  pages(table);
  indexes(table);
  values(table);
  races(table);
  refusals(table);

  test('every kind of request that the stores send was proved above', () => {
    expect([...provedKinds].filter((kind) => !opened.kinds.has(kind))).toEqual([]);
  });
});
