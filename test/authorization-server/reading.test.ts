import { startConnect, type Connect } from './connect';

let connect: Connect;
beforeAll(async () => (connect = await startConnect()));
afterAll(() => connect.stop());

/** An app asks with that scope, a person is shown it and approves, and the app takes its tokens. */
async function connected(scope: string | undefined) {
  const person = await connect.aPerson();
  const asked = await connect.ask(await connect.register(), { scope });
  const { uid, cookies } = asked;
  const shown = await connect.send('GET', `/oauth/interaction/${uid}/request`, { token: person.idToken, cookies });
  const code = (await connect.goOn(asked, await connect.decide(asked, person.idToken))).get('code')!;
  const { body: tokens } = await connect.exchange(asked, code);
  const [app] = (
    await connect.rest.call('GET', '/api/v1/connected-apps', { token: connect.rest.aMember(person.tenantId) })
  ).body.data;
  return { asked, person, shown: shown.body, tokens, app };
}

test('the metadata names both scopes, and which one a client needs by default', async () => {
  for (const path of ['/.well-known/oauth-protected-resource/mcp', '/.well-known/oauth-authorization-server']) {
    expect((await connect.send('GET', path)).body.scopes_supported).toEqual(['mcp', 'mcp:read']);
  }
  const { headers } = await connect.callMcp('none');
  expect(headers['www-authenticate']).toMatch(/scope="mcp"$/);
});

test('an app that asks for reading only is shown so, and its tokens read and start nothing', async () => {
  const { asked, person, shown, tokens, app } = await connected('mcp:read');

  expect([shown.scope, tokens.scope, app.scope]).toEqual(['mcp:read', 'mcp:read', 'mcp:read']);
  const read = await connect.callMcp(tokens.access_token);
  expect(read.body.result.structuredContent).toMatchObject({ data: [] });
  const started = await connect.callMcp(tokens.access_token, 'trigger_workflow', { workflow_id: 1 });
  expect(started.body.result.structuredContent).toMatchObject({ code: 'insufficient_scope' });
  const { rows } = await auditOf(person.tenantId);
  expect(rows).toContainEqual(
    expect.objectContaining({ action: 'app.approved', detail: expect.objectContaining({ scope: 'mcp:read' }) }),
  );
  expect(asked.clientId).toBeDefined();
});

test('what was approved for reading stays so when the app renews its tokens, whatever it asks for then', async () => {
  const { asked, tokens } = await connected('mcp:read');

  const wider = await connect.refresh(asked.clientId, tokens.refresh_token, { scope: 'mcp' });
  const renewed = await connect.refresh(asked.clientId, tokens.refresh_token);
  const started = await connect.callMcp(renewed.body.access_token, 'trigger_workflow', { workflow_id: 1 });

  expect(wider).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
  expect(renewed.body.scope).toBe('mcp:read');
  expect(started.body.result.structuredContent).toMatchObject({ code: 'insufficient_scope' });
});

test.each([undefined, 'mcp', 'mcp mcp:read', 'mcp:read mcp', 'openid profile', ''])(
  'an app that asks for %j gets every tool',
  async (scope) => {
    const { shown, tokens, app } = await connected(scope);

    expect([shown.scope, tokens.scope, app.scope]).toEqual(['mcp', 'mcp', 'mcp']);
  },
);

async function auditOf(tenantId: string) {
  const token = connect.rest.aMember(tenantId);
  const { body } = await connect.rest.call('GET', '/api/v1/audit-events', { token });
  return { rows: body.data as unknown[] };
}
