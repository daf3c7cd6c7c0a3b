import type { Permission } from '../../../functions/domain/tenant/member';
import type { Scope } from '../../../functions/domain/tenant/token';
import { scopeSchema } from '../../../functions/domain/tenant/token';
import type { Call } from '../../support/http-calls';
import { startPeople, type People } from './people';

type Who = Permission | 'nobody';

interface Expected {
  /** The permission that a member needs. */
  readonly member: Who;
  /** The scope that a token needs; `any` if every token may call it, null if no token may. */
  readonly scope: Scope | 'any' | null;
  /** Whether members of a tenant on starter may call it. */
  readonly onStarter: boolean;
  readonly body?: unknown;
  readonly query?: string;
}

const read = { member: 'viewer', scope: 'workflows:read', onStarter: false } as const;
const run = { member: 'manage_agents', scope: 'workflows:run', onStarter: false } as const;
const write = { member: 'manage_agents', scope: 'workflows:write', onStarter: false } as const;
const readWebhooks = { member: 'viewer', scope: 'webhooks:read', onStarter: true } as const;
const writeWebhooks = { member: 'manage_agents', scope: 'webhooks:write', onStarter: true } as const;
/** Sends webhooks, which only plans that may run workflows include. */
const sendWebhooks = { ...writeWebhooks, onStarter: false } as const;
/** Tokens and connected apps are for people only. */
const readTokens = { member: 'viewer', scope: null, onStarter: true } as const;
const writeTokens = { member: 'manage_agents', scope: null, onStarter: true } as const;

/** Who may call each route. A test below fails if a route is missing here. */
const table: Readonly<Record<string, Expected>> = {
  listWorkflows: read,
  createWorkflow: write,
  getWorkflow: read,
  replaceWorkflow: write,
  patchWorkflow: { ...write, body: { active: true } },
  listWorkflowVersions: read,
  getWorkflowVersion: read,
  validateRecipe: read,
  triggerRun: run,
  'triggerRun (dry run)': { ...read, query: '?dry_run=true' },
  listRuns: read,
  getRun: read,
  cancelRun: run,
  rerunRun: run,
  listWebhookEndpoints: readWebhooks,
  createWebhookEndpoint: writeWebhooks,
  getWebhookEndpoint: readWebhooks,
  patchWebhookEndpoint: writeWebhooks,
  deleteWebhookEndpoint: writeWebhooks,
  rotateWebhookSecret: writeWebhooks,
  expirePreviousSecret: writeWebhooks,
  testWebhookEndpoint: sendWebhooks,
  redeliverFailedWebhooks: sendWebhooks,
  listWebhookDeliveries: readWebhooks,
  getWebhookDelivery: readWebhooks,
  redeliverWebhook: sendWebhooks,
  listTokens: readTokens,
  getToken: readTokens,
  createToken: writeTokens,
  revokeToken: writeTokens,
  listConnectedApps: readTokens,
  getConnectedApp: readTokens,
  revokeConnectedApp: writeTokens,
  listAuditEvents: { ...read, onStarter: true },
  getOverview: read,
  getUsage: { member: 'viewer', scope: 'any', onStarter: true },
  getMe: { member: 'viewer', scope: 'any', onStarter: true },
};

const rows = Object.entries(table).map(([name, expected]) => ({ name, ...expected }));

let people: People;
let pro: string;
let starter: string;
const tokens = new Map<string, string>();

beforeAll(async () => {
  people = await startPeople();
  pro = (await people.aTenant()).id;
  starter = (await people.aTenant({ plan: 'starter' })).id;
  for (const permission of ['viewer', 'manage_agents'] as const) {
    tokens.set(permission, await people.signedIn(pro, permission));
    tokens.set(`${permission} on starter`, await people.signedIn(starter, permission));
  }
  for (const scope of scopeSchema.options) {
    if (scope !== 'mcp') tokens.set(scope, await people.aToken(pro, { scopes: [scope] }));
  }
});
afterAll(() => people.stop());

/** The code of the refusal if the caller may not call the route. Any other response means that the caller may. */
async function refusalOf(name: string, caller: string): Promise<string | undefined> {
  const operationId = name.split(' ')[0];
  const route = people.routes.find((one) => one.operationId === operationId)!;
  const target = route.path.replaceAll(/\{\w+\}/g, '999') + (table[name]!.query ?? '');
  const call: Call = {
    token: tokens.get(caller)!,
    ...(route.method !== 'GET' && route.method !== 'DELETE' && { body: table[name]!.body ?? {} }),
  };
  const { body } = await people.call(route.method, target, call);
  const forbidden = ['unauthenticated', 'permission_required', 'insufficient_scope', 'plan_required'];
  return forbidden.includes(body?.code) ? body.code : undefined;
}

test('the table of this test lists every guarded route, and no other', () => {
  const guarded = people.routes.filter(({ access }) => access !== 'public').map(({ operationId }) => operationId);

  expect(new Set(Object.keys(table).map((name) => name.split(' ')[0]))).toEqual(new Set(guarded));
});

test.each(rows)('$name may be called by members with the permission $member', async ({ name, member }) => {
  expect({
    viewer: await refusalOf(name, 'viewer'),
    manager: await refusalOf(name, 'manage_agents'),
  }).toEqual({ viewer: member === 'viewer' ? undefined : 'permission_required', manager: undefined });
});

test.each(rows)('$name may be called by tokens with the scope $scope', async ({ name, scope }) => {
  for (const [caller] of tokens) {
    if (!scopeSchema.safeParse(caller).success) continue;
    const expected =
      scope === null ? 'permission_required' : scope === 'any' || scope === caller ? undefined : 'insufficient_scope';
    expect([caller, await refusalOf(name, caller)]).toEqual([caller, expected]);
  }
});

test.each(rows)('$name may be called by members on the starter plan: $onStarter', async ({ name, onStarter }) => {
  expect(await refusalOf(name, 'manage_agents on starter')).toBe(onStarter ? undefined : 'plan_required');
});

test.each(rows)('$name checks the permission before the plan', async ({ name, member, onStarter }) => {
  const expected = member === 'manage_agents' ? 'permission_required' : onStarter ? undefined : 'plan_required';

  expect(await refusalOf(name, 'viewer on starter')).toBe(expected);
});

test('members on growth may use everything in the dashboard, while its tokens may not use the REST API', async () => {
  const { id, token } = await people.aTenant({ plan: 'growth' });
  const member = await people.signedIn(id);

  expect((await people.call('GET', '/api/v1/workflows', { token: member })).status).toBe(200);
  for (const path of ['workflows', 'usage', 'me', 'webhook-endpoints', 'audit-events']) {
    expect((await people.call('GET', `/api/v1/${path}`, { token })).body.code).toBe('plan_required');
  }
});

test('a refusal names the missing permission and the member who lacks it', async () => {
  const { email } = await people.aMember(pro, 'viewer');

  const { body } = await people.call('POST', '/api/v1/workflows/1/runs', { token: await people.issuer.idToken(email) });

  expect(body.detail).toBe(
    `This needs the permission manage_agents, which ${email} does not have in this tenant; ask for it where your members are managed.`,
  );
});

describe('in a tenant without authoring', () => {
  let member: string;
  let viewer: string;
  let token: string;
  let workflowId: number;
  beforeAll(async () => {
    const tenant = await people.aTenant({ authoring: false });
    token = tenant.token;
    member = await people.signedIn(tenant.id);
    viewer = await people.signedIn(tenant.id, 'viewer');
    workflowId = (await people.aWorkflow(tenant.id)).id;
  });

  const body = { name: 'New', recipe: { steps: [{ type: 'log', message: 'x' }] } };

  test('nobody may write a recipe, with any permission or scope', async () => {
    for (const caller of [member, token]) {
      for (const [method, path] of [
        ['POST', '/api/v1/workflows'],
        ['PUT', `/api/v1/workflows/${workflowId}`],
      ] as const) {
        const refused = await people.call(method, path, { token: caller, body });
        expect(refused.body).toMatchObject({ code: 'permission_required', detail: expect.stringContaining('author') });
      }
    }
  });

  test.each(rows.filter(({ scope }) => scope === 'workflows:write'))(
    '$name refuses a token with the scope workflows:write',
    async ({ name, body: given }) => {
      const { method, path } = people.routes.find(({ operationId }) => operationId === name)!;
      const target = path.replace('{workflow_id}', String(workflowId));

      const refused = await people.call(method, target, { token, body: given ?? body });

      expect(refused.body).toMatchObject({ code: 'permission_required', detail: expect.stringContaining('author') });
    },
  );

  test('members with manage_agents may deactivate and activate workflows; viewers and tokens may not', async () => {
    const path = `/api/v1/workflows/${workflowId}`;
    const off = { active: false };

    expect((await people.call('PATCH', path, { token: viewer, body: off })).body.code).toBe('permission_required');
    expect((await people.call('PATCH', path, { token, body: off })).body.code).toBe('permission_required');
    expect((await people.call('PATCH', path, { token: member, body: off })).body.active).toBe(false);
  });
});

test('in a tenant with authoring, members with manage_agents may write recipes', async () => {
  const { id } = await people.aTenant();
  const body = { name: 'New', recipe: { steps: [{ type: 'log', message: 'x' }] } };

  const created = await people.call('POST', '/api/v1/workflows', { token: await people.signedIn(id), body });

  expect(created.status).toBe(201);
});
