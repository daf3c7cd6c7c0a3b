import { signInByCode } from './sign-in';
import { shareStack, workflowId, type Stack } from './stack';

const user = (stack: Stack, plan: string, permission: string) =>
  stack.connection.tenants[plan]!.users.find(({ permissions }) => permissions.at(-1) === permission)!;

async function signIn(stack: Stack, plan: string, permission = 'manage_agents'): Promise<string> {
  const { email, password } = user(stack, plan, permission);
  return (await signInByCode(stack.connection.dashboard_url, email, password)).idToken;
}

describe('signing in', () => {
  let stack: Stack;
  beforeAll(async () => (stack = await shareStack()), 120_000);
  afterAll(() => stack.stop());

  it('signs each demo user in with the tenant and permissions of connection.json', async () => {
    for (const [plan, tenant] of Object.entries(stack.connection.tenants)) {
      for (const { email, password, permissions } of tenant.users) {
        const { idToken } = await signInByCode(stack.connection.dashboard_url, email, password);

        const me = await stack.call('GET', '/api/v1/me', { token: idToken, headers: { 'x-tenant-id': tenant.id } });

        expect(me).toMatchObject({
          status: 200,
          body: { tenant: { id: tenant.id, plan }, principal: { channel: 'dashboard', name: email, permissions } },
        });
      }
    }
  }, 60_000);

  it('lets a manager on growth run a workflow, which a token on growth may not', async () => {
    const token = await signIn(stack, 'growth');
    const path = `/api/v1/workflows/${workflowId(stack, 'growth', 'Spring Promo')}/runs`;

    const refused = await stack.call('POST', path, { plan: 'growth' });
    const started = await stack.call('POST', path, { token });
    const viewer = await stack.call('POST', path, { token: await signIn(stack, 'growth', 'viewer') });

    expect(refused.body.code).toBe('plan_required');
    expect(started.status).toBe(202);
    expect(started.body.triggered_by).toMatchObject({ channel: 'dashboard' });
    expect(viewer.body.code).toBe('permission_required');
    const run = await stack.call('GET', `/api/v1/workflow-runs/${started.body.id}?wait_seconds=20`, { token });
    expect(run.body.status).toBe('succeeded');
  }, 60_000);

  it('lets a manager create a token that works, and revoke it', async () => {
    const token = await signIn(stack, 'pro');

    const made = await stack.call('POST', '/api/v1/tokens', { token, body: { name: 'From a browser', kind: 'pat' } });
    const used = await stack.call('GET', '/api/v1/workflows', { token: made.body.token });
    const revoked = await stack.call('DELETE', `/api/v1/tokens/${made.body.id}`, { token });

    expect([made.status, used.status, revoked.status]).toEqual([201, 200, 204]);
  });

  it('refuses somebody with an account who is not a member', async () => {
    const { password } = user(stack, 'pro', 'viewer');
    const { idToken } = await signInByCode(stack.connection.dashboard_url, 'nobody@example.com', password);

    expect((await stack.call('GET', '/api/v1/me', { token: idToken })).status).toBe(401);
  });
});
