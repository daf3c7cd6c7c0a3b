import { startMcp, type Mcp, type Revision } from './mcp';

let mcp: Mcp;
beforeAll(async () => (mcp = await startMcp()));
afterAll(() => mcp.stop());

async function aReader(overrides: Parameters<Mcp['aCaller']>[0] = {}) {
  const { id, token } = await mcp.aCaller(overrides);
  await mcp.rest.aWorkflow(id);
  await mcp.callTool(token, 'trigger_workflow', { workflow_id: 1 });
  return { id, token: await mcp.rest.aToken(id, { kind: 'mcp', name: 'Watcher', scopes: ['mcp:read'] }) };
}

test('a token for reading lists and reads workflows and runs', async () => {
  const { token } = await aReader();

  expect((await mcp.callTool(token, 'list_workflows')).data).toHaveLength(1);
  expect((await mcp.callTool(token, 'list_workflow_runs')).data).toHaveLength(1);
  expect(await mcp.callTool(token, 'get_workflow_run', { run_id: 1 })).toMatchObject({ id: 1 });
});

test('a token for reading starts nothing, not even a dry run, and is told which scope it lacks', async () => {
  const { token } = await aReader();
  const startedBefore = mcp.rest.executions.started.length;

  for (const args of [{ workflow_id: 1 }, { workflow_id: 1, dry_run: true }, { workflow_id: 99, wait_seconds: -1 }]) {
    const refused = await mcp.tool(token, 'trigger_workflow', args);

    expect(refused).toMatchObject({
      isError: true,
      structuredContent: {
        code: 'insufficient_scope',
        detail: 'This token lacks the scope mcp; issue one that has it.',
      },
    });
    expect(refused.content[0].text).toMatch(/^Insufficient scope\ninsufficient_scope: /);
  }
  expect(mcp.rest.executions.started).toHaveLength(startedBefore);
  expect((await mcp.callTool(token, 'list_workflow_runs')).data).toHaveLength(1);
});

test.each<Revision>(['2026-07-28', '2025-11-25'])(
  'in revision %s a token for reading is shown the three tools that it can call, and no shared cache may keep the list',
  async (revision) => {
    const { token } = await aReader();

    const { body } = await mcp.request(revision, token, 'tools/list');

    expect(body.result.tools.map(({ name }: any) => name)).toEqual([
      'list_workflows',
      'list_workflow_runs',
      'get_workflow_run',
    ]);
    // Earlier revisions say nothing about caches.
    expect(body.result.cacheScope).toBe(revision === '2026-07-28' ? 'private' : undefined);
  },
);

test('over the REST API a token for reading over MCP opens nothing', async () => {
  const { token } = await aReader();

  expect((await mcp.rest.call('GET', '/api/v1/workflows', { token })).status).toBe(401);
});

describe('a member who issues a token', () => {
  const create = async (scopes: string[], more: object = {}) => {
    const { id } = await mcp.aTenant();
    const body = { name: 'Watcher', scopes, ...more };
    const created = await mcp.rest.call('POST', '/api/v1/tokens', { token: mcp.rest.aMember(id), body });
    return { status: created.status, body: created.body };
  };

  test('can choose mcp:read, and the token is one of the MCP server', async () => {
    const { status, body } = await create(['mcp:read']);

    expect([status, body.kind, body.scopes]).toEqual([201, 'mcp', ['mcp:read']]);
    expect(body.token).toMatch(/^cwf_mcp_/);
  });

  test.each([[['mcp:read', 'mcp']], [['mcp:read', 'workflows:read']], [['webhooks:read', 'mcp']]])(
    'cannot join %j',
    async (scopes) => {
      const { status, body } = await create(scopes);

      expect([status, body.errors[0].pointer]).toEqual([422, '#/scopes']);
      expect(body.detail).toContain('mcp and mcp:read stand alone');
    },
  );

  test('cannot call a token for reading over MCP one of the REST API', async () => {
    expect(await create(['mcp:read'], { kind: 'pat' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '#/kind' }] },
    });
  });
});
