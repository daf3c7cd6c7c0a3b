import { redirectUri, resource, startConnect, type Connect } from './connect';

let connect: Connect;

beforeAll(async () => {
  connect = await startConnect();
});
afterAll(() => connect.stop());

test('an app asks, a person approves, and its token opens the MCP server for the tenant', async () => {
  const person = await connect.aPerson();
  const asked = await connect.ask(await connect.register());

  const shown = await connect.send('GET', `/oauth/interaction/${asked.uid}/request`, {
    token: person.idToken,
    cookies: asked.cookies,
  });
  expect(shown).toMatchObject({ status: 200, body: { name: 'Claude', host: null, redirect_host: 'app.example' } });
  const decided = await connect.decide(asked, person.idToken);
  expect(decided).toMatchObject({ status: 200 });
  const back = await connect.goOn(asked, decided);
  expect(Object.fromEntries(back)).toEqual({
    code: expect.any(String),
    state: 'here-again',
    iss: 'https://workflows.acme.example',
  });
  const tokens = await connect.exchange(asked, back.get('code')!);
  expect(tokens).toMatchObject({
    status: 200,
    body: { token_type: 'Bearer', expires_in: 3_600, scope: 'mcp', access_token: expect.stringMatching(/^cwf_mcp_/) },
  });
  const called = await connect.callMcp(tokens.body.access_token);
  expect(called).toMatchObject({ status: 200, body: { result: { structuredContent: { data: [] } } } });
  expect([redirectUri, resource]).toBeDefined();
});
