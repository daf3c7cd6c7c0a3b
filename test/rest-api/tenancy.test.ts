import { ulid } from 'ulid';
import { queryAll } from '../../functions/aws/database';
import { aRecipe, noon } from '../support/builders';
import type { Answer } from '../support/http-calls';
import { operationsOf, type Operation } from '../support/document/operations';
import { startRest, type Rest } from '../support/rest';
import { createTenantData, comparable, unknownIds, withoutNames, type Ids } from '../support/tenant-data';

jest.setTimeout(60_000);

interface Case {
  /** The query, with ids of the victim if the operation has parameters for ids. */
  readonly query?: (ids: Ids) => string;
  readonly body?: unknown;
}

/** The operation has neither a query nor a body. */
const noQuery: Case = {};
const write = { name: 'X', recipe: aRecipe() };

/** For each operation of openapi.json, the request by which a stranger would access the victim's data. */
const cases: Record<string, Case> = {
  listWorkflows: noQuery,
  createWorkflow: { body: write },
  getWorkflow: noQuery,
  replaceWorkflow: { body: write },
  patchWorkflow: { body: { active: false } },
  listWorkflowVersions: noQuery,
  getWorkflowVersion: noQuery,
  validateRecipe: { body: aRecipe() },
  triggerRun: { body: { input: {} } },
  listRuns: { query: ({ workflow_id }) => `workflow_id=${workflow_id}` },
  getRun: noQuery,
  cancelRun: noQuery,
  rerunRun: noQuery,
  listWebhookEndpoints: noQuery,
  createWebhookEndpoint: { body: { url: 'https://hooks.example.com/in', events: ['*'] } },
  getWebhookEndpoint: noQuery,
  patchWebhookEndpoint: { body: { status: 'disabled' } },
  deleteWebhookEndpoint: noQuery,
  rotateWebhookSecret: noQuery,
  expirePreviousSecret: noQuery,
  testWebhookEndpoint: noQuery,
  redeliverFailedWebhooks: { query: () => 'since=2026-01-01T00:00:00Z&confirm=true' },
  listWebhookDeliveries: { query: ({ run_id, endpoint_id }) => `run_id=${run_id}&endpoint_id=${endpoint_id}` },
  getWebhookDelivery: noQuery,
  redeliverWebhook: noQuery,
  getOverview: noQuery,
  getUsage: noQuery,
  listTokens: noQuery,
  createToken: { body: { name: 'Mine', kind: 'pat' } },
  getToken: noQuery,
  revokeToken: noQuery,
  listConnectedApps: noQuery,
  getConnectedApp: noQuery,
  revokeConnectedApp: noQuery,
  listAuditEvents: noQuery,
  getMe: noQuery,
  getHealth: noQuery,
};

let rest: Rest;
let document: any;
let victim: { id: string; token: string };
let ids: Ids;

beforeAll(async () => {
  rest = await startRest();
  document = rest.document;
  victim = await rest.aTenant({ name: 'Victim Ltd' });
  ids = await createTenantData(rest, victim, 'victim');
});

afterAll(() => rest.stop());

beforeEach(() => rest.clock.set(noon));

/** All rows of the victim except those of tokens. None of them may change. */
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
 * Sends the request for `subject` as a new tenant, once with a token and once as a member.
 *
 * @returns responses and log lines, without the names of that tenant
 */
async function askAsStranger(operation: Operation, subject: Ids) {
  const answers = [];
  for (const credential of ['token', 'member'] as const) {
    const stranger = await rest.aTenant({ id: `stranger-${ulid().toLowerCase()}`, name: 'Stranger' });
    rest.logged.length = 0;
    const answer = await request(
      operation,
      subject,
      credential === 'token' ? stranger.token : rest.aMember(stranger.id),
    );
    const logged = rest.logged.map(({ event, code, operation: named }) => ({ event, code, named }));
    answers.push(withoutNames({ ...comparable(answer), logged }, stranger.id));
  }
  return answers;
}

it('The table of this test has every operation of openapi.json, and no other', () => {
  expect(Object.keys(cases).sort()).toEqual(
    operationsOf(document)
      .map(({ operationId }) => operationId)
      .sort(),
  );
});

it.each(Object.keys(cases))(
  '%s gives another tenant’s id the same response as one that never existed, and changes nothing',
  async (name) => {
    const operation = operationsOf(document).find(({ operationId }) => operationId === name)!;
    const before = await victimsRows();

    const foreign = await askAsStranger(operation, ids);
    const unknown = await askAsStranger(operation, unknownIds);

    expect(foreign).toEqual(unknown);
    expect(foreign.some(({ status }) => status === 404)).toBe(operation.path.includes('{'));
    expect(JSON.stringify(foreign)).not.toMatch(/victim/i);
    expect(await victimsRows()).toEqual(before);
  },
);

it('The owner may send each of these requests', async () => {
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

  // The only delivery is still pending.
  expect(refused).toEqual(['redeliverWebhook 409']);
});

it('A trigger of another tenant’s workflow does not count against the cap of the caller', async () => {
  const stranger = await rest.aTenant();

  await rest.call('POST', '/api/v1/workflows/3/runs', { token: stranger.token, headers: { 'idempotency-key': 'k' } });

  expect(await rest.deps.tenants.get(stranger.id)).toMatchObject({ last_run_number: 0, used_by_day: {} });
});

it('The response for another tenant’s workflow does not reveal whether it is active', async () => {
  const stranger = await rest.aTenant();

  const inactive = await rest.call('POST', '/api/v1/workflows/2/runs', { token: stranger.token });
  const active = await rest.call('POST', '/api/v1/workflows/3/runs', { token: stranger.token });

  expect(comparable(inactive)).toEqual(comparable(active));
  expect(inactive).toMatchObject({ status: 404, body: { code: 'not_found' } });
});
