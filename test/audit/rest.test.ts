import { addSeconds } from '../../functions/domain/day';
import { deliveryKey, endpointKey } from '../../functions/aws/keys';
import { aRecipe } from '../support/builders';
import type { Answer } from '../support/http-calls';
import { operationsOf, type Operation } from '../support/document/operations';
import { connectionBroken } from '../support/requests';
import { interceptDatabase, isCounterUpdate, isWrite } from '../support/requests';
import { sampled } from '../support/sample';
import { startRest, type Rest } from '../support/rest';
import { overwrite } from '../support/table';
import { createTenantData, unknownIds, type Ids } from '../support/tenant-data';

jest.setTimeout(60_000);

interface Change {
  readonly body?: unknown;
  readonly query?: string;
  /** Action and target of the audit row; null if the operation leaves none. */
  readonly row: { readonly action: string; readonly target: (ids: Ids, answer: Answer) => string } | null;
}

const write = { name: 'Changed', recipe: aRecipe() };
const url = 'https://user-secret.example.com/in?key=secret-of-the-receiver';
const workflow = (action: string, target = ({ workflow_id }: Ids) => `workflow ${workflow_id}`) => ({ action, target });
const run = (action: string) => ({ action, target: ({ run_id }: Ids) => `run ${run_id}` });
const endpoint = (action: string) => ({ action, target: ({ endpoint_id }: Ids) => endpoint_id });
const made = (action: string, prefix = '') => ({ action, target: (_: Ids, { body }: Answer) => `${prefix}${body.id}` });

/** Every operation of openapi.json that is not a GET. A test below fails if one is missing here. */
const changes: Readonly<Record<string, Change>> = {
  createWorkflow: { body: write, row: made('workflow.created', 'workflow ') },
  replaceWorkflow: { body: write, row: workflow('workflow.updated') },
  patchWorkflow: { body: { active: false }, row: workflow('workflow.deactivated') },
  // It validates only and changes nothing.
  validateRecipe: { body: aRecipe(), row: null },
  // The run's own row is permanent and says who started it.
  triggerRun: { body: { input: { secret: 'hush' } }, row: null },
  cancelRun: { row: run('run.cancelled') },
  rerunRun: { row: run('run.rerun') },
  createWebhookEndpoint: { body: { url, events: ['*'] }, row: made('endpoint.created') },
  patchWebhookEndpoint: {
    body: { url, headers: { 'x-key': 'secret-of-the-receiver' } },
    row: endpoint('endpoint.updated'),
  },
  rotateWebhookSecret: { row: endpoint('endpoint.secret_rotated') },
  expirePreviousSecret: { row: endpoint('endpoint.previous_secret_expired') },
  testWebhookEndpoint: { body: { payload: { secret: 'hush' } }, row: endpoint('endpoint.tested') },
  redeliverFailedWebhooks: { query: 'since=2026-01-01T00:00:00Z&confirm=true', row: endpoint('delivery.redelivered') },
  redeliverWebhook: { row: { action: 'delivery.redelivered', target: ({ delivery_id }) => delivery_id } },
  deleteWebhookEndpoint: { row: endpoint('endpoint.deleted') },
  createToken: { body: { name: 'CI', kind: 'pat' }, row: made('token.created') },
  revokeToken: { row: { action: 'token.revoked', target: ({ token_id }) => token_id } },
  revokeConnectedApp: { row: { action: 'app.revoked', target: ({ app_id }) => app_id } },
};

/** Every request to an audit row. The only one allowed is a put of a new row. */
const auditWrites: { readonly command: string; readonly condition: unknown }[] = [];

/** The fault that is currently injected into the product's writes. */
let fault: 'none' | 'audit rows are lost' | 'each write is sent twice' = 'none';

let rest: Rest;
let operations: Operation[];
let tenant: { id: string; token: string };
let ids: Ids;

beforeAll(async () => {
  rest = await startRest((table) =>
    interceptDatabase(table, async (command, send) => {
      const { Key, Item, ConditionExpression } = command.input;
      const isAudit = String((Key ?? Item)?.sk).startsWith('AUDIT#');
      if (isAudit) auditWrites.push({ command: command.constructor.name, condition: ConditionExpression });
      if (isAudit && fault === 'audit rows are lost') throw connectionBroken();
      // The SDK retries a request without a response, unless its client makes one attempt only, as for the run counter.
      if (fault === 'each write is sent twice' && isWrite(command) && !isCounterUpdate(command)) await send();
      return send();
    }),
  );
  const { document } = rest;
  operations = operationsOf(document).filter(({ method }) => method !== 'GET');
});
afterAll(() => rest.stop());

beforeEach(async () => {
  fault = 'none';
  rest.logged.length = 0;
  tenant = await rest.aTenant();
  ids = await createTenantData(rest, tenant, 'audited');
  await overwrite(rest.table, deliveryKey(tenant.id, ids.delivery_id), { status: 'failed' });
  const inADay = addSeconds(rest.clock.now(), 86_400).toISOString();
  const replaced = { previous_secret: 'whsec_hush', previous_until: inADay };
  await overwrite(rest.table, endpointKey(tenant.id, ids.endpoint_id), replaced);
});

async function audited() {
  return (await rest.deps.audit.list(tenant.id, 100)).events;
}

function callOperation(name: string, subject: Ids, headers: Record<string, string> = {}): Promise<Answer> {
  const { method, path } = operations.find(({ operationId }) => operationId === name)!;
  const { body, query } = changes[name]!;
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, id: keyof Ids) => subject[id]);
  return rest.call(method, query === undefined ? filled : `${filled}?${query}`, {
    token: rest.aMember(tenant.id),
    headers,
    ...(body !== undefined && { body }),
  });
}

test('the table of this test lists every operation that changes something, and no other', () => {
  expect(Object.keys(changes).sort()).toEqual(operations.map(({ operationId }) => operationId).sort());
});

test.each(Object.entries(changes))(
  '%s leaves an audit row with who, over which channel, when and in which request',
  async (name, { row }) => {
    const before = await audited();
    rest.clock.advance(1);

    const answer = await callOperation(name, ids);

    expect(answer.status).toBeLessThan(300);
    const added = (await audited()).slice(0, -before.length);
    const { detail, ...entry } = added[0] ?? {};
    const expected = row !== null && {
      id: added[0]?.id,
      at: rest.clock.now().toISOString(),
      actor: { channel: 'dashboard', name: `ada@${tenant.id}.example` },
      action: row.action,
      target: row.target(ids, answer),
      request_id: answer.headers['x-request-id'],
    };
    expect([added.length, entry]).toEqual(expected === false ? [0, {}] : [1, expected]);
    expect(JSON.stringify(detail ?? {})).not.toMatch(/secret-of|hush|whsec_|cwf_/);
  },
);

const audit = Object.entries(changes).flatMap(([name, { row }]) => (row === null ? [] : [[name, row] as const]));
/** Each test makes a tenant with data of its own, which is dearer than the test. Cancelling has an audit row of its own kind. */
const few = ['createWorkflow', 'cancelRun', 'testWebhookEndpoint', 'redeliverFailedWebhooks', 'revokeToken'];
const isSampled = ([name]: readonly [string, unknown]) => few.includes(name);

test.each(sampled({ whole: audit, sample: audit.filter(isSampled) }))(
  '%s succeeds even if its audit row could not be written, and the missing row is logged',
  async (name, row) => {
    const before = await audited();
    fault = 'audit rows are lost';

    const answer = await callOperation(name, ids);

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
  },
);

test.each(sampled({ whole: Object.entries(changes), sample: Object.entries(changes).filter(isSampled) }))(
  '%s is made once and leaves one audit row, even if each of its writes reaches the table twice',
  async (name, { row }) => {
    const before = await audited();
    fault = 'each write is sent twice';

    const takesKey = operations.find(({ operationId }) => operationId === name)!.parameters.some(isKey);
    const answer = await callOperation(name, ids, takesKey ? { 'idempotency-key': 'twice' } : {});

    expect(answer.status).toBeLessThan(300);
    expect((await audited()).length - before.length).toBe(row === null ? 0 : 1);
  },
);

const isKey = ({ name }: { readonly name: string }) => name === 'Idempotency-Key';

test('a refused request leaves no audit row', async () => {
  const unknownSubject = { ...unknownIds, endpoint_id: 'x', delivery_id: 'x', token_id: 'x', app_id: 'x' };
  const before = await audited();

  for (const { operationId, path } of operations) {
    const refused = path.includes('{')
      ? await callOperation(operationId, unknownSubject)
      : await callOperation(operationId, ids, { 'content-type': 'text/plain' });
    expect([operationId, refused.status >= 400]).toEqual([operationId, true]);
  }
  expect(await audited()).toEqual(before);
});

test.each([
  'createWorkflow',
  'cancelRun',
  'rerunRun',
  'createWebhookEndpoint',
  'rotateWebhookSecret',
  'expirePreviousSecret',
  'testWebhookEndpoint',
  'redeliverWebhook',
  'redeliverFailedWebhooks',
  'createToken',
])('%s repeated with its idempotency key leaves no second audit row', async (name) => {
  await callOperation(name, ids, { 'idempotency-key': 'once' });
  const once = await audited();

  const again = await callOperation(name, ids, { 'idempotency-key': 'once' });

  expect(again.headers).toMatchObject({ 'idempotent-replayed': 'true' });
  expect(await audited()).toEqual(once);
});

test('audit rows are only ever added, never changed or deleted', () => {
  expect(auditWrites.length).toBeGreaterThan(30);
  expect(new Set(auditWrites.map(({ command, condition }) => `${command} ${String(condition)}`))).toEqual(
    new Set(['PutCommand attribute_not_exists(pk)']),
  );
});
