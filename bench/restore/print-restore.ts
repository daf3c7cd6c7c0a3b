import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { compareTenant } from '../../bin/operator/restore/compare-tenant';
import { checkRestored } from '../../bin/operator/restore/check-restored';
import type { Tables } from '../../bin/operator/restore/tables';
import type { Database, Row } from '../../functions/aws/database';
import { tenantId } from '../../test/faults/fixture';
import { startReceiver } from '../../test/faults/simulation/receiver';
import { makeTable, openTable } from '../../test/support/engines';
import { readUnits } from '../../test/support/read-units';
import { counted, total } from '../../test/support/requests';
import { putRows } from '../../test/support/table';
import { markdownTable } from '../markdown-table';
import { storedTenant, type StoredTenant } from './stored-tenant';

/** Of a hundred runs, the last one is of after the restored moment. */
const lostShare = 0.01;

/**
 * `npm run restore-figures [-- --rows 10000,100000]` measures how long `operator restore-check` takes, and counts what it
 * would read in AWS. Each run of the product leaves three rows.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { rows: { type: 'string', default: '10000,100000' } } });
  const receiver = await startReceiver();
  const tenant = await storedTenant(receiver);
  await receiver.stop();
  const lines: string[][] = [];
  for (const rows of values.rows.split(',').map(Number)) lines.push(...(await measure(tenant, rows)));
  console.log(
    `${availableParallelism()} cores, shared, dynalite in the same process, Node ${process.versions.node}.\n`,
  );
  console.log(markdownTable(['rows of each table', 'what', 'seconds', 'requests', 'read units'], lines));
}

const window = { now: new Date('2026-11-22T13:00:00Z'), kept: 5 };
const parts: Readonly<Record<string, (tables: Tables) => Promise<unknown>>> = {
  'both tables compared': (tables) => compareTenant(tables, tenantId, window),
  'the whole command': (tables) => checkRestored(tables, tenantId, window),
};

async function measure(tenant: StoredTenant, rows: number): Promise<string[][]> {
  const live = await openTable();
  const name = 'restored';
  await makeTable(live.client, name);
  const runs = Math.floor(rows / 3);
  await store(live, tenant, runs);
  await store({ ...live, tableName: name }, tenant, Math.floor(runs * (1 - lostShare)));

  const lines: string[][] = [];
  for (const [what, act] of Object.entries(parts)) {
    const tables = (database: Database): Tables => ({ live: database, restored: { ...database, tableName: name } });
    const began = performance.now();
    await act(tables(live));
    const seconds = (performance.now() - began) / 1000;
    const units = readUnits(live);
    const requests = counted(units.database);
    await act(tables(requests.database));
    const counts = [total(requests.take()), Math.round(units.take())].map((count) => count.toLocaleString('en'));
    lines.push([rows.toLocaleString('en'), what, seconds.toFixed(1), ...counts]);
  }
  await live.stop();
  return lines;
}

async function store(table: Database, { base, ofRun }: StoredTenant, runs: number): Promise<void> {
  const settled = { last_run_number: runs, settled_upto: runs, d20261122: runs };
  await putRows(
    table,
    base.map((row) => (row['sk'] === 'TENANT' ? { ...row, ...settled } : row)),
  );
  for (let from = 1; from <= runs; from += 1_000) {
    const page: Row[] = [];
    for (let id = from; id <= Math.min(runs, from + 999); id += 1) page.push(...ofRun(id));
    await putRows(table, page);
  }
}

void main();
