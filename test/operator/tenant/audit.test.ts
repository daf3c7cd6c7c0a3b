import { ulid } from 'ulid';
import { auditStore } from '../../../functions/aws/tenant/audit';
import type { AuditEntry } from '../../../functions/domain/tenant/audit';
import { startLocalOperator, type LocalOperator } from '../operator';

let operator: LocalOperator;
let tenant: string;
beforeAll(async () => {
  operator = await startLocalOperator();
  tenant = await operator.createTenant();
  await append('2026-11-20T08:00:00.000Z', { action: 'token.created', target: 'tok_1' });
  await append('2026-11-21T08:00:00.000Z', {
    action: 'workflow.updated',
    target: 'workflow 3',
    detail: { version: 2 },
  });
  await append('2026-11-22T08:00:00.000Z', { action: 'run.cancelled', target: 'run 12', actor: ada });
  await append('2026-11-23T08:00:00.000Z', { action: 'workflow.updated', target: 'workflow 4', actor: ada });
});
afterAll(() => operator.stop());

const ada = { channel: 'dashboard', name: 'ada@acme.example' } as const;

const append = (at: string, entry: Pick<AuditEntry, 'action' | 'target'> & Partial<AuditEntry>) =>
  auditStore(operator.database).append(tenant, {
    id: ulid(Date.parse(at)),
    at,
    actor: { channel: 'rest_api', name: 'ci' },
    request_id: 'r',
    ...entry,
  });

const targets = ({ data }: { data: AuditEntry[] }) => data.map(({ target }) => target);

test.each([
  [[], ['workflow 4', 'run 12', 'workflow 3', 'tok_1']],
  [
    ['--action', 'workflow.updated'],
    ['workflow 4', 'workflow 3'],
  ],
  [
    ['--actor', 'ada@acme.example'],
    ['workflow 4', 'run 12'],
  ],
  [['--target', 'run 12'], ['run 12']],
  [
    ['--since', '2026-11-22'],
    ['workflow 4', 'run 12'],
  ],
  [['--since', '2026-11-21T08:00:00Z', '--actor', 'ci'], ['workflow 3']],
  [['--action', 'tenant.created'], []],
])('changes are listed newest first, filtered by %j', async (filters, expected) => {
  const listed = await operator.json('audit', tenant, ...filters);

  expect([targets(listed), listed.has_more]).toEqual([expected, false]);
});

test('a list that was cut short says so, even if it is filtered', async () => {
  expect(await operator.json('audit', tenant, '--actor', 'ci', '--limit', '1')).toMatchObject({ has_more: true });
  expect(await operator.json('audit', tenant, '--actor', 'ci', '--limit', '2')).toMatchObject({ has_more: false });
  expect((await operator.run('audit', tenant, '--limit', '1')).out).toMatch(/There are more: raise --limit\.$/m);
});

test('the table shows who did what to which thing', async () => {
  const { out } = await operator.run('audit', tenant);

  expect(out).toMatch(/^AT +ACTOR +ACTION +TARGET +DETAIL$/m);
  expect(out).toMatch(/^2026-11-21 08:00:00Z +ci \(rest_api\) +workflow\.updated +workflow 3 +version: 2$/m);
  expect((await operator.run('audit', await operator.createTenant())).out).toBe('No changes.\n');
});

test.each([
  [['nobody'], 1, /^No such tenant\./],
  [['acme', '--action', 'run.started'], 2, /Allowed choices are run\.cancelled/],
  [['acme', '--since', 'yesterday'], 2, /Must be a UTC day or time/],
  [['acme', '--since', '2026-13-01'], 2, /Must be a UTC day or time/],
  [['acme', '--since', '2026-02-30'], 2, /Must be a UTC day or time/],
])('audit %j is refused', async (args, expected, sentence) => {
  const { code, err } = await operator.run('audit', ...args);

  expect(code).toBe(expected);
  expect(err).toMatch(sentence);
});
