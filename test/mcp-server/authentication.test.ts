import { newToken } from '../../functions/domain/tenant/token';
import { aMessage, startMcp, type Mcp } from './mcp';

let mcp: Mcp;
beforeAll(async () => (mcp = await startMcp()));
afterAll(() => mcp.stop());

test('every invalid token gets the same 401, over MCP and over REST', async () => {
  const { id, token, restToken } = await mcp.aCaller();
  const yesterday = '2026-11-21T12:00:00.000Z';
  const refused = {
    none: undefined,
    'not a token': 'hello',
    'a typo': `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
    unknown: newToken('mcp'),
    'for the REST API': restToken,
    'without the Workflow server': await mcp.rest.aToken(id, { kind: 'mcp', scopes: [] }),
    'with scopes of the REST API only': await mcp.rest.aToken(id, { kind: 'mcp', scopes: ['workflows:run'] }),
    expired: await mcp.rest.aToken(id, { kind: 'mcp', scopes: ['mcp'], expires_at: yesterday }),
    revoked: await mcp.rest.aToken(id, { kind: 'mcp', scopes: ['mcp'], revoked_at: yesterday }),
  };

  for (const bad of Object.values(refused)) {
    const call = { ...aMessage('2026-07-28', 'tools/list'), ...(bad !== undefined && { token: bad }) };
    const { status, headers, body } = await mcp.send('POST', call);
    expect({ status, body }).toEqual({ status: 401, body: theSame401 });
    expect(headers['www-authenticate']).toBe(
      'Bearer resource_metadata="https://workflows.acme.example/.well-known/oauth-protected-resource/mcp", scope="mcp"',
    );
  }
  const rest = await mcp.rest.call('GET', '/api/v1/me', { token });
  expect([rest.status, rest.headers['www-authenticate'], rest.body.detail]).toEqual([
    401,
    'Bearer',
    theSame401.error.message,
  ]);
});

test('a revoked token stops working within seconds', async () => {
  const { id, token } = await mcp.aCaller();
  const listTools = () => mcp.request('2026-07-28', token, 'tools/list');
  expect((await listTools()).status).toBe(200);

  const [row] = (await mcp.rest.deps.tokens.list(id)).filter(({ kind }) => kind === 'mcp');
  await mcp.rest.deps.tokens.revoke(id, row!.id, mcp.rest.clock.now().toISOString());
  mcp.rest.clock.advance(11);

  expect((await listTools()).status).toBe(401);
});

const theSame401 = {
  jsonrpc: '2.0',
  id: null,
  error: {
    code: -32000,
    message: 'Send a valid access token as "Authorization: Bearer <token>".',
    data: { code: 'unauthenticated', request_id: expect.any(String) },
  },
};
