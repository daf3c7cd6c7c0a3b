import { ulid } from 'ulid';
import { queryAll } from '../../functions/aws/database';
import { fireWebhookEvent } from '../../functions/domain/fire-webhook-event';
import { aRecipe, aRun, noon } from '../builders';
import { startRest, type Answer, type Rest } from '../rest';

jest.setTimeout(60_000);

/** What the victim has. */
interface Ids {
  readonly workflow_id: string;
  readonly version: string;
  readonly run_id: string;
  readonly endpoint_id: string;
  readonly delivery_id: string;
  readonly token_id: string;
}

/** Ids of the same form that no tenant ever had. */
const never: Ids = {
  workflow_id: '77',
  version: '77',
  run_id: '77',
  endpoint_id: 'ep_0000000000',
  delivery_id: `dlv_${'0'.repeat(38)}`,
  token_id: `tok_${'0'.repeat(26)}`,
};

interface Case {
  /** The query, with ids of the victim's in it where the operation takes any. */
  readonly query?: (ids: Ids) => string;
  readonly body?: unknown;
}

/** Nothing to add to the path. */
const asItIs: Case = {};
const write = { name: 'X', recipe: aRecipe() };

/** One for each operation of openapi.json: how a stranger would ask it for something of the victim's. */
const cases: Record<string, Case> = {
  listWorkflows: asItIs,
  createWorkflow: { body: write },
  getWorkflow: asItIs,
  replaceWorkflow: { body: write },
  patchWorkflow: { body: { active: false } },
  listWorkflowVersions: asItIs,
  getWorkflowVersion: asItIs,
  validateRecipe: { body: aRecipe() },
  triggerRun: { body: { input: {} } },
  listRuns: { query: ({ workflow_id }) => `workflow_id=${workflow_id}` },
  getRun: asItIs,
  cancelRun: asItIs,
  rerunRun: asItIs,
  listWebhookEndpoints: asItIs,
  createWebhookEndpoint: { body: { url: 'https://hooks.example.com/in', events: ['*'] } },
  getWebhookEndpoint: asItIs,
  patchWebhookEndpoint: { body: { status: 'disabled' } },
  deleteWebhookEndpoint: asItIs,
  rotateWebhookSecret: asItIs,
  testWebhookEndpoint: asItIs,
  redeliverFailedWebhooks: { query: () => 'since=2026-01-01T00:00:00Z&confirm=true' },
  listWebhookDeliveries: { query: ({ run_id, endpoint_id }) => `run_id=${run_id}&endpoint_id=${endpoint_id}` },
  getWebhookDelivery: asItIs,
  redeliverWebhook: asItIs,
  getUsage: asItIs,
  listTokens: asItIs,
  createToken: { body: { name: 'Mine', kind: 'pat' } },
  getToken: asItIs,
  revokeToken: asItIs,
  listAuditEvents: asItIs,
  getMe: asItIs,
  getHealth: asItIs,
  getOpenApi: asItIs,
  getReference: asItIs,
};

let rest: Rest;
let document: any;
let victim: { id: string; token: string };
let ids: Ids;

beforeAll(async () => {
  rest = await startRest();
  document = (await rest.call('GET', '/api/v1/openapi.json')).body;
  victim = await rest.aTenant({ name: 'Victim Ltd' });
  ids = await belongings(victim);
});

afterAll(() => rest.stop());

beforeEach(() => rest.clock.set(noon));

/** Gives a tenant one of everything. */
async function belongings({ id, token }: { id: string; token: string }): Promise<Ids> {
  const post = (path: string, body: unknown = {}) => rest.call('POST', path, { token, body });
  for (let n = 0; n < 3; n += 1) await post('/api/v1/workflows', { ...write, name: 'Victim’s own' });
  await rest.call('PATCH', '/api/v1/workflows/2', { token, body: { active: false } });
  await post('/api/v1/workflows/3/runs', { input: { secret: 'victim-secret' } });
  const { body: run } = await post('/api/v1/workflows/3/runs');
  const { body: endpoint } = await post('/api/v1/webhook-endpoints', {
    url: 'https://victim.example.com/in',
    events: ['*'],
  });
  await fireWebhookEvent(rest.deps, {
    tenantId: id,
    run: { ...aRun({ id: run.id, uid: run.uid, workflow_id: 3 }) },
    stepIndex: 2,
    event: 'campaign.kickoff',
    payload: { secret: 'victim-secret' },
    now: noon,
  });
  const { body: deliveries } = await rest.call('GET', '/api/v1/webhook-deliveries', { token });
  return {
    workflow_id: '3',
    version: '1',
    run_id: '2',
    endpoint_id: endpoint.id,
    delivery_id: deliveries.data[0].id,
    token_id: (await rest.deps.tokens.list(id))[0]!.id,
  };
}

interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
}

function operations(): Operation[] {
  return Object.entries<any>(document.paths).flatMap(([path, methods]) =>
    Object.entries<any>(methods).map(([method, { operationId }]) => ({
      operationId,
      method: method.toUpperCase(),
      path,
    })),
  );
}

/** All that the victim has, token rows aside: nothing here may change. */
async function victimsRows(): Promise<unknown[]> {
  const partitions = ['', '#RUN', '#INP', '#DLV'].map((part) => `T#${victim.id}${part}`);
  return Promise.all(
    partitions.map((pk) =>
      queryAll(rest.table, {
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk },
      }),
    ),
  );
}

/** An answer without what differs from request to request. */
function comparable({ status, headers, body }: Answer) {
  const { 'x-request-id': _header, ...otherHeaders } = headers;
  const { request_id: _id, ...otherBody } = Object(body);
  return { status, headers: otherHeaders, body: typeof body === 'object' ? otherBody : body };
}

function request({ operationId, method, path }: Operation, subject: Ids, token: string): Promise<Answer> {
  const { query, body } = cases[operationId]!;
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: keyof Ids) => subject[name]);
  const target = query === undefined ? filled : `${filled}?${query(subject)}`;
  return rest.call(method, target, { token, ...(body !== undefined && { body }) });
}

/** A fresh stranger asks about `subject`, with a token and signed in: answers and log lines, without the stranger's own names. */
async function ask(operation: Operation, subject: Ids) {
  const answers = [];
  for (const door of ['token', 'member'] as const) {
    const stranger = await rest.aTenant({ id: `stranger-${ulid().toLowerCase()}`, name: 'Stranger' });
    rest.logged.length = 0;
    const answer = await request(operation, subject, door === 'token' ? stranger.token : rest.aMember(stranger.id));
    const logged = rest.logged.map(({ event, code, operation: named }) => ({ event, code, named }));
    const text = JSON.stringify({ ...comparable(answer), logged })
      .replaceAll(stranger.id, 'stranger')
      .replaceAll(/(ep_|tok_|dlv_|whsec_|cwf_pat_)[\w+/=]+/g, '$1…')
      .replaceAll(/"id":"[0-9A-Z]{26}"/g, '"id":"…"');
    answers.push(JSON.parse(text) as ReturnType<typeof comparable>);
  }
  return answers;
}

it('Every operation that openapi.json describes has a case here, and no case is left over', () => {
  expect(Object.keys(cases).sort()).toEqual(
    operations()
      .map(({ operationId }) => operationId)
      .sort(),
  );
});

it.each(Object.keys(cases))(
  '%s answers a foreign id exactly as one that never existed, and changes nothing',
  async (name) => {
    const operation = operations().find(({ operationId }) => operationId === name)!;
    const before = await victimsRows();

    const foreign = await ask(operation, ids);
    const nothing = await ask(operation, never);

    expect(foreign).toEqual(nothing);
    expect(foreign.some(({ status }) => status === 404)).toBe(operation.path.includes('{'));
    expect(JSON.stringify(foreign)).not.toMatch(/victim/i);
    expect(await victimsRows()).toEqual(before);
  },
);

it('Each of these requests is one that the owner may make', async () => {
  const owner = await rest.aTenant({ name: 'Owner' });
  const own = await belongings(owner);
  const destructiveLast = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
  const inOrder = operations().sort((a, b) => destructiveLast.indexOf(a.method) - destructiveLast.indexOf(b.method));
  const refused: string[] = [];

  for (const operation of inOrder) {
    const { status } = await request(operation, own, rest.aMember(owner.id));
    if (status >= 300) refused.push(`${operation.operationId} ${status}`);
  }

  // The one delivery is still on its way.
  expect(refused).toEqual(['redeliverWebhook 409']);
});

it('A trigger of a foreign workflow counts nothing against the stranger', async () => {
  const stranger = await rest.aTenant();

  await rest.call('POST', '/api/v1/workflows/3/runs', { token: stranger.token, headers: { 'idempotency-key': 'k' } });

  expect(await rest.deps.tenants.get(stranger.id)).toMatchObject({ last_run_number: 0, used_by_day: {} });
});

it('A foreign workflow does not tell whether it is inactive', async () => {
  const stranger = await rest.aTenant();

  const inactive = await rest.call('POST', '/api/v1/workflows/2/runs', { token: stranger.token });
  const active = await rest.call('POST', '/api/v1/workflows/3/runs', { token: stranger.token });

  expect(comparable(inactive)).toEqual(comparable(active));
  expect(inactive).toMatchObject({ status: 404, body: { code: 'not_found' } });
});

it('A cursor of the victim’s opens no list to a stranger', async () => {
  const stranger = await rest.aTenant();
  for (const list of ['workflows', 'workflow-runs']) {
    const { body } = await rest.call('GET', `/api/v1/${list}?limit=1`, { token: victim.token });
    expect(body.next_cursor).not.toBeNull();

    expect(
      await rest.call('GET', `/api/v1/${list}?limit=1&cursor=${body.next_cursor}`, { token: stranger.token }),
    ).toMatchObject({ status: 422, body: { errors: [{ pointer: 'cursor', code: 'invalid_cursor' }] } });
  }
});

it('An Idempotency-Key of the victim’s is a stranger’s own', async () => {
  const stranger = await rest.aTenant();
  await rest.aWorkflow(stranger.id);
  const withKey = { headers: { 'idempotency-key': 'same' }, body: { input: { a: 1 } } };

  const first = await rest.call('POST', '/api/v1/workflows/3/runs', { token: victim.token, ...withKey });
  const second = await rest.call('POST', '/api/v1/workflows/1/runs', { token: stranger.token, ...withKey });

  expect(first.headers).not.toHaveProperty('idempotent-replayed');
  expect(second).toMatchObject({ status: 202, body: { id: 1 } });
  expect(second.headers).not.toHaveProperty('idempotent-replayed');
});
