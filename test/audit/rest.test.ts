import { deliveryKey } from '../../functions/aws/keys';
import { aRecipe } from '../support/builders';
import type { Answer } from '../support/http-calls';
import { operationsOf, type Operation } from '../support/operations';
import { connectionBroken } from '../support/requests';
import { intercepted, isCount, isWrite } from '../support/requests';
import { startRest, type Rest } from '../support/rest';
import { overwrite } from '../support/table';
import { moreBelongings, never, type Ids } from '../support/tenant-data';

jest.setTimeout(60_000);

interface Change {
  readonly body?: unknown;
  readonly query?: string;
  /** What the row says; null where the change needs none. */
  readonly row: { readonly action: string; readonly target: (ids: Ids, answer: Answer) => string } | null;
}

const write = { name: 'Changed', recipe: aRecipe() };
const url = 'https://user-secret.example.com/in?key=secret-of-the-receiver';
const workflow = (action: string, target = ({ workflow_id }: Ids) => `workflow ${workflow_id}`) => ({ action, target });
const run = (action: string) => ({ action, target: ({ run_id }: Ids) => `run ${run_id}` });
const endpoint = (action: string) => ({ action, target: ({ endpoint_id }: Ids) => endpoint_id });
const made = (action: string, prefix = '') => ({ action, target: (_: Ids, { body }: Answer) => `${prefix}${body.id}` });

/** Every operation of openapi.json that is no GET: one without a line fails below. */
const changes: Readonly<Record<string, Change>> = {
  createWorkflow: { body: write, row: made('workflow.created', 'workflow ') },
  replaceWorkflow: { body: write, row: workflow('workflow.updated') },
  patchWorkflow: { body: { active: false }, row: workflow('workflow.deactivated') },
  // Checks and changes nothing.
  validateRecipe: { body: aRecipe(), row: null },
  // The run's own row, which is permanent, says who started it.
  triggerRun: { body: { input: { secret: 'hush' } }, row: null },
  cancelRun: { row: run('run.cancelled') },
  rerunRun: { row: run('run.rerun') },
  createWebhookEndpoint: { body: { url, events: ['*'] }, row: made('endpoint.created') },
  patchWebhookEndpoint: {
    body: { url, headers: { 'x-key': 'secret-of-the-receiver' } },
    row: endpoint('endpoint.updated'),
  },
  rotateWebhookSecret: { row: endpoint('endpoint.secret_rotated') },
  testWebhookEndpoint: { body: { payload: { secret: 'hush' } }, row: endpoint('endpoint.tested') },
  redeliverFailedWebhooks: { query: 'since=2026-01-01T00:00:00Z&confirm=true', row: endpoint('delivery.redelivered') },
  redeliverWebhook: { row: { action: 'delivery.redelivered', target: ({ delivery_id }) => delivery_id } },
  deleteWebhookEndpoint: { row: endpoint('endpoint.deleted') },
  createToken: { body: { name: 'CI', kind: 'pat' }, row: made('token.created') },
  revokeToken: { row: { action: 'token.revoked', target: ({ token_id }) => token_id } },
};

/** What the product asked of audit rows: each may be put, once, and nothing else. */
const asked: { readonly command: string; readonly condition: unknown }[] = [];

/** What befalls the product's writes for the time being. */
let fault: 'none' | 'audit rows are lost' | 'each write is sent twice' = 'none';

let rest: Rest;
let operations: Operation[];
let tenant: { id: string; token: string };
let ids: Ids;

beforeAll(async () => {
  rest = await startRest((table) =>
    intercepted(table, async (command, send) => {
      const { Key, Item, ConditionExpression } = command.input;
      const isAudit = String((Key ?? Item)?.sk).startsWith('AUDIT#');
      if (isAudit) asked.push({ command: command.constructor.name, condition: ConditionExpression });
      if (isAudit && fault === 'audit rows are lost') throw connectionBroken();
      // The SDK repeats what it got no answer to, except where it was told to send once: the counter of runs.
      if (fault === 'each write is sent twice' && isWrite(command) && !isCount(command)) await send();
      return send();
    }),
  );
  const { body: document } = await rest.call('GET', '/api/v1/openapi.json');
  operations = operationsOf(document).filter(({ method }) => method !== 'GET');
});
afterAll(() => rest.stop());

beforeEach(async () => {
  fault = 'none';
  rest.logged.length = 0;
  tenant = await rest.aTenant();
  ids = await moreBelongings(rest, tenant, 'audited');
  await overwrite(rest.table, deliveryKey(tenant.id, ids.delivery_id), { status: 'failed' });
});

async function audited() {
  return (await rest.deps.audit.list(tenant.id, 100)).events;
}

function perform(name: string, subject: Ids, headers: Record<string, string> = {}): Promise<Answer> {
  const { method, path } = operations.find(({ operationId }) => operationId === name)!;
  const { body, query } = changes[name]!;
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, id: keyof Ids) => subject[id]);
  return rest.call(method, query === undefined ? filled : `${filled}?${query}`, {
    token: rest.aMember(tenant.id),
    headers,
    ...(body !== undefined && { body }),
  });
}

test('every operation that changes something has a line here, and every line an operation', () => {
  expect(Object.keys(changes).sort()).toEqual(operations.map(({ operationId }) => operationId).sort());
});

test.each(Object.entries(changes))(
  '%s leaves its row of who, by which channel, when and in which request',
  async (name, { row }) => {
    const before = await audited();
    rest.clock.advance(1);

    const answer = await perform(name, ids);

    expect(answer.status).toBeLessThan(300);
    const added = (await audited()).slice(0, -before.length);
    const { detail, ...told } = added[0] ?? {};
    const expected = row !== null && {
      id: added[0]?.id,
      at: rest.clock.now().toISOString(),
      actor: { channel: 'dashboard', name: `ada@${tenant.id}.example` },
      action: row.action,
      target: row.target(ids, answer),
      request_id: answer.headers['x-request-id'],
    };
    expect([added.length, told]).toEqual(expected === false ? [0, {}] : [1, expected]);
    expect(JSON.stringify(detail ?? {})).not.toMatch(/secret-of|hush|whsec_|cwf_/);
  },
);

const audit = Object.entries(changes).flatMap(([name, { row }]) => (row === null ? [] : [[name, row] as const]));

test.each(audit)('%s that was made is answered as made, although its row could not be written', async (name, row) => {
  const before = await audited();
  fault = 'audit rows are lost';

  const answer = await perform(name, ids);

  expect(answer.status).toBeLessThan(300);
  fault = 'none';
  expect(await audited()).toEqual(before);
  const { action } = row;
  const target = row.target(ids, answer);
  const missing = rest.logged.filter(({ event }) => event === 'audit_missing');
  const reported = expect.objectContaining({
    action,
    target,
    audit: expect.stringMatching(/^[0-9A-Z]{26}$/),
    tenant: tenant.id,
  });
  // The row of a cancelled run contains its audit row, and recovery appends it.
  expect(missing).toEqual(name === 'cancelRun' ? [] : [reported]);
});

/** The number of a version cannot be taken twice: the tests of versions repeat one write at a time. */
const takesNumbers = ['createWorkflow', 'replaceWorkflow'];
const repeatable = Object.entries(changes).filter(([name]) => !takesNumbers.includes(name));

test.each(repeatable)(
  '%s is made once and leaves one row, although each of its writes reaches the table twice',
  async (name, { row }) => {
    const before = await audited();
    fault = 'each write is sent twice';

    const answer = await perform(name, ids, { 'idempotency-key': 'twice' });

    expect(answer.status).toBeLessThan(300);
    expect((await audited()).length - before.length).toBe(row === null ? 0 : 1);
  },
);

test('what is refused leaves none', async () => {
  const nothing = { ...never, endpoint_id: 'x', delivery_id: 'x', token_id: 'x' };
  const before = await audited();

  for (const { operationId, path } of operations) {
    const refused = path.includes('{')
      ? await perform(operationId, nothing)
      : await perform(operationId, ids, { 'content-type': 'text/plain' });
    expect([operationId, refused.status >= 400]).toEqual([operationId, true]);
  }
  expect(await audited()).toEqual(before);
});

test.each(['rerunRun', 'createWebhookEndpoint'])(
  '%s that is repeated with its key leaves no second row',
  async (name) => {
    await perform(name, ids, { 'idempotency-key': 'once' });
    const once = await audited();

    const again = await perform(name, ids, { 'idempotency-key': 'once' });

    expect(again.headers).toMatchObject({ 'idempotent-replayed': 'true' });
    expect(await audited()).toEqual(once);
  },
);

test('rows were only ever put, and only where none was', () => {
  expect(asked.length).toBeGreaterThan(30);
  expect(new Set(asked.map(({ command, condition }) => `${command} ${String(condition)}`))).toEqual(
    new Set(['PutCommand attribute_not_exists(pk)']),
  );
});
