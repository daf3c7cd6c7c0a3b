import { openDatabase, type Database, type Row } from '../../../functions/aws/database';
import { appKey, endpointKey, inputKey, runKey, tenantKey, userKey } from '../../../functions/aws/keys';
import { partitionRows } from '../../../functions/aws/reconcile/partition-rows';
import { connectedAppStore } from '../../../functions/aws/tenant/connected-apps';
import { memberStore } from '../../../functions/aws/tenant/members';
import { checkRestored } from '../../../bin/operator/restore/check-restored';
import { adviceOn } from '../../../bin/operator/restore/danger';
import { read } from '../../docs/markdown';
import { aConnectedApp, anEndpoint, longBefore, noon } from '../../support/builders';
import { makeTable } from '../../support/engines';
import { counted } from '../../support/requests';
import { overwrite, putRow, putRows, putRuns, tenantWithWorkflow } from '../../support/table';
import { startLocalOperator, type LocalOperator } from '../operator';
import { deleteByHand } from './world';

let operator: LocalOperator;
let restored: Database;
let tenantId: string;
beforeEach(async () => {
  operator = await startLocalOperator();
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  restored = openDatabase('restored', { endpoint: operator.database.endpoint, region: 'us-east-1', credentials });
  await makeTable(restored.client, 'restored');
  tenantId = await tenantWithWorkflow(operator.database);
  // The same tenant, as tests name them by number.
  await putRows(restored, await rowsOf(tenantKey(tenantId).pk));
});
afterEach(async () => {
  restored.client.destroy();
  restored.once.destroy();
  await operator.stop();
});

async function rowsOf(partition: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of partitionRows(operator.database, partition)) rows.push(row);
  return rows;
}

const check = async (...args: string[]) => {
  const { out } = await operator.run('restore-check', 'restored', ...args, '--json');
  const [tenant] = JSON.parse(out).tenants;
  return tenant;
};

const dangersIn = ({ dangers }: any): string[] =>
  dangers.flatMap(({ kind, first }: any) =>
    first.map(({ subject, live, restored }: any) => `${kind}: ${subject}: ${live} / ${restored}`),
  );

const inBoth = async (row: Row): Promise<void> => {
  for (const table of [operator.database, restored]) await putRow(table, row);
};

test('a restored table with the same rows needs no decision, and the exit code is 0', async () => {
  const { code, out, err } = await operator.run('restore-check', 'restored');

  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(new RegExp(`^${tenantId} +tenant +1 +1 +0 +0 +0$`, 'm'));
  expect(out).not.toMatch(/Rows that differ|Decide/);
});

test('a table that is not there, the live table itself and an unknown tenant are refused', async () => {
  expect(await operator.run('restore-check', 'nowhere')).toEqual({
    code: 1,
    out: '',
    err: 'There is no table nowhere beside the live one, or it is still being restored: wait for it with `aws dynamodb wait table-exists`.\n',
  });
  const { err } = await operator.run('restore-check', operator.database.tableName);
  expect(err).toBe(`${operator.database.tableName} is the live table itself. Name the restored one.\n`);
  expect(await operator.run('restore-check', 'restored', 'nobody')).toMatchObject({ code: 1, out: '' });
});

test('a tenant that live lost is compared too, with the numbers that its runs prove', async () => {
  await putRuns(operator.database, tenantId, 3);
  await deleteByHand(operator.database, tenantKey(tenantId));

  expect(dangersIn(await check(tenantId))).toEqual(
    expect.arrayContaining(['lost_in_live: tenant: no row / a row', 'counter_behind: last_run_number: 3 / 0']),
  );
});

test('of many rows a few are named, and all are counted', async () => {
  await putRuns(operator.database, tenantId, 30);

  const few = await check('--first', '2');

  expect(few.differences).toContainEqual(
    expect.objectContaining({
      rows: 'runs',
      where: 'only_live',
      count: 30,
      first: [
        { ...runKey(tenantId, 1), attributes: [] },
        { ...runKey(tenantId, 2), attributes: [] },
      ],
    }),
  );
});

test('rows of several pages are compared one by one, in the order of their keys', async () => {
  // 12 × 200 KB are three pages.
  const rows = Array.from({ length: 12 }, (_, n) => ({ ...inputKey(tenantId, n + 1), input: 'x'.repeat(200_000) }));
  for (const row of rows.filter((_, n) => n !== 4)) await putRow(operator.database, row);
  for (const row of rows.filter((_, n) => n !== 7)) await putRow(restored, row);
  await overwrite(operator.database, inputKey(tenantId, 10), { input: '{}' });

  const { rows: counts, differences, ...rest } = await check();

  expect(counts.inputs).toEqual({ live: 11, restored: 11 });
  expect(differences).toEqual([
    { rows: 'inputs', where: 'only_restored', count: 1, first: [{ ...inputKey(tenantId, 5), attributes: [] }] },
    { rows: 'inputs', where: 'only_live', count: 1, first: [{ ...inputKey(tenantId, 8), attributes: [] }] },
    { rows: 'inputs', where: 'different', count: 1, first: [{ ...inputKey(tenantId, 10), attributes: ['input'] }] },
  ]);
  expect(dangersIn(rest)).toEqual([
    'lost_in_live: input of run 5: no row / a row',
    'altered_in_live: input of run 10: other input / as it was written',
  ]);
});

test('access that was ended or lessened in live would be revived', async () => {
  const app = aConnectedApp({ tenant_id: tenantId, expires_at: '2027-11-22T12:00:00.000Z' });
  const member = { tenant_id: tenantId, email: 'ada@acme.example', created_at: longBefore.toISOString() };
  for (const table of [operator.database, restored]) {
    await connectedAppStore(table).put(app);
    await memberStore(table).add({ ...member, permissions: ['viewer', 'manage_agents'] });
  }
  await connectedAppStore(operator.database).revoke(tenantId, app.id, noon.toISOString(), 'revoked');
  await memberStore(operator.database).setPermissions(tenantId, member.email, ['viewer']);

  expect(dangersIn(await check())).toEqual([
    `app_revived: ${app.id}: revoked ${noon.toISOString()} / usable`,
    `member_revived: member ${member.email}: viewer / viewer, manage_agents`,
  ]);
});

test('a lost row by which a member is looked up is a difference', async () => {
  const email = 'ada@acme.example';
  await memberStore(operator.database).add({
    tenant_id: tenantId,
    email,
    permissions: ['viewer'],
    created_at: longBefore.toISOString(),
  });
  await putRows(restored, await rowsOf(tenantKey(tenantId).pk));
  await putRows(restored, await rowsOf(userKey(email, tenantId).pk));
  await deleteByHand(operator.database, userKey(email, tenantId));

  expect((await check()).differences).toEqual([
    expect.objectContaining({
      rows: 'members',
      where: 'different',
      first: [expect.objectContaining({ attributes: ['lookup_row'] })],
    }),
  ]);
});

test('an endpoint that was deleted in live would be revived, and a leaked secret that was ended too', async () => {
  const [deleted, rotated] = [anEndpoint(), anEndpoint()];
  await putRow(restored, { ...endpointKey(tenantId, deleted.id), ...deleted, secret: 'whsec_a' });
  await inBoth({
    ...endpointKey(tenantId, rotated.id),
    ...rotated,
    secret: 'whsec_b',
    previous_secret: 'whsec_leaked',
  });
  const { previous_secret: _ended, ...row } = { ...rotated, secret: 'whsec_b', previous_secret: '' };
  await putRow(operator.database, { ...endpointKey(tenantId, rotated.id), ...row });

  expect(dangersIn(await check()).sort()).toEqual([
    `endpoint_revived: ${deleted.id}: deleted / active`,
    `secret_outdated: ${rotated.id}: a newer secret / an older secret`,
  ]);
});

test('what has expired counts as gone in both tables, because a restored table has no TTL', async () => {
  const app = aConnectedApp({ tenant_id: tenantId });
  await putRow(restored, { ...appKey(tenantId, app.id), ...app, expires_at_s: Math.floor(noon.getTime() / 1000) });

  expect(await check()).toMatchObject({ differences: [], dangers: [] });
});

test('what is wrong in the restored table by itself is reported as reconcile names it', async () => {
  await overwrite(restored, tenantKey(tenantId), { last_run_number: 2, settled_upto: 2, b20261122: 0, d20261122: 2 });
  await overwrite(operator.database, tenantKey(tenantId), {
    last_run_number: 2,
    settled_upto: 2,
    b20261122: 0,
    d20261122: 2,
  });

  const { code, out } = await operator.run('restore-check', 'restored');

  expect(code).toBe(1);
  expect(out).toMatch(/^The restored table by itself:$/m);
  expect(out).toMatch(/number_missing +run 1 +a run or a void +nothing$/m);
});

test('it only reads, by key and by partition', async () => {
  await putRuns(operator.database, tenantId, 3);
  const { database: live, take } = counted(operator.database);

  await checkRestored({ live, restored: { ...live, tableName: restored.tableName } }, undefined, {
    now: noon,
    kept: 5,
  });

  expect(Object.keys(take()).filter((command) => !['Query', 'Get', 'BatchGet'].includes(command))).toEqual([]);
});

test('docs/operate.md explains each kind of danger', () => {
  const explained = [...read('docs/operate.md').matchAll(/^\| `(\w+)` /gm)].map(([, kind]) => kind);

  expect(Object.keys(adviceOn).filter((kind) => !explained.includes(kind))).toEqual([]);
});
