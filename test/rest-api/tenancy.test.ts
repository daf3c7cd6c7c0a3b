import { ulid } from 'ulid';
import { queryAll } from '../../functions/aws/database';
import { aRecipe, noon } from '../support/builders';
import type { Answer } from '../support/http-calls';
import { operationsOf, type Operation } from '../support/operations';
import { startRest, type Rest } from '../support/rest';
import { createTenantData, comparable, unknownIds, withoutNames, type Ids } from '../support/tenant-data';

jest.setTimeout(60_000);

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
  ids = await createTenantData(rest, victim, 'victim');
});

afterAll(() => rest.stop());

beforeEach(() => rest.clock.set(noon));

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

function request({ operationId, method, path }: Operation, subject: Ids, token: string): Promise<Answer> {
  const { query, body } = cases[operationId]!;
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: keyof Ids) => subject[name]);
  const target = query === undefined ? filled : `${filled}?${query(subject)}`;
  return rest.call(method, target, { token, ...(body !== undefined && { body }) });
}

/**
 * A fresh stranger asks about `subject`, with a token and signed in: answers and log lines, without the stranger's own
 * names.
 */
async function ask(operation: Operation, subject: Ids) {
  const answers = [];
  for (const door of ['token', 'member'] as const) {
    const stranger = await rest.aTenant({ id: `stranger-${ulid().toLowerCase()}`, name: 'Stranger' });
    rest.logged.length = 0;
    const answer = await request(operation, subject, door === 'token' ? stranger.token : rest.aMember(stranger.id));
    const logged = rest.logged.map(({ event, code, operation: named }) => ({ event, code, named }));
    answers.push(withoutNames({ ...comparable(answer), logged }, stranger.id));
  }
  return answers;
}

it('Every operation that openapi.json describes has a case here, and no case is left over', () => {
  expect(Object.keys(cases).sort()).toEqual(
    operationsOf(document)
      .map(({ operationId }) => operationId)
      .sort(),
  );
});

it.each(Object.keys(cases))(
  '%s answers a foreign id exactly as one that never existed, and changes nothing',
  async (name) => {
    const operation = operationsOf(document).find(({ operationId }) => operationId === name)!;
    const before = await victimsRows();

    const foreign = await ask(operation, ids);
    const nothing = await ask(operation, unknownIds);

    expect(foreign).toEqual(nothing);
    expect(foreign.some(({ status }) => status === 404)).toBe(operation.path.includes('{'));
    expect(JSON.stringify(foreign)).not.toMatch(/victim/i);
    expect(await victimsRows()).toEqual(before);
  },
);

it('Each of these requests is one that the owner may make', async () => {
  const owner = await rest.aTenant({ name: 'Owner' });
  const own = await createTenantData(rest, owner, 'owner');
  const destructiveLast = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
  const inOrder = operationsOf(document).sort(
    (a, b) => destructiveLast.indexOf(a.method) - destructiveLast.indexOf(b.method),
  );
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
