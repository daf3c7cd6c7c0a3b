import type { Context } from 'aws-lambda';
import { originSecretHeader } from '../../../functions/contract/stack';
import { httpChain } from '../../../functions/edge/http-chain';
import { mcpServer } from '../../../functions/mcp-server/mcp-server';
import { restRoutes } from '../../../functions/rest-api/routes';
import { anEvent, readReply, type Answer, type Call } from '../../support/http-calls';
import { startRest, type Rest } from '../../support/rest';
import { aMessage } from '../../mcp-server/mcp';

const originSecrets = ['current', 'previous', 'next'];
const problem = 'This address is internal. Send requests to the address of the dashboard, which is the output DashboardUrl of the stack.'; // prettier-ignore

let rest: Rest;
let token: string;
let mcpToken: string;
let overRest: (method: string, path: string, call: Call) => Promise<Answer>;
let overMcp: (call: Call) => Promise<Answer>;

beforeAll(async () => {
  rest = await startRest();
  const tenant = await rest.aTenant();
  token = tenant.token;
  mcpToken = await rest.aToken(tenant.id, { kind: 'mcp', scopes: ['mcp'] });
  const deps = { ...rest.deps, originSecrets };
  const chain = httpChain(deps, restRoutes(deps));
  const mcp = mcpServer({ ...deps, origin: 'https://workflows.acme.example' });
  overRest = async (method, path, call) => readReply(await chain(anEvent(method, path, call), {} as Context));
  overMcp = async (call) => readReply(await mcp(anEvent('POST', '/mcp', call), {} as Context));
});
afterAll(() => rest.stop());

describe.each([
  ['without the secret', {}],
  ['with an empty one', { [originSecretHeader]: '' }],
  ['with a wrong one', { [originSecretHeader]: 'guess' }],
  ['with part of the right one', { [originSecretHeader]: 'curren' }],
  ['with all of them', { [originSecretHeader]: originSecrets.join(',') }],
])('a request straight to API Gateway, %s,', (_what, headers) => {
  test.each(['/api/v1/me', '/api/v1/health', '/api/v1/openapi.json', '/api/v1/nothing', '/.well-known/x'])(
    'is refused at %s, even with a good token',
    async (path) => {
      const answer = await overRest('GET', path, { token, headers });

      expect(answer).toMatchObject({ status: 421, body: { code: 'wrong_address', detail: problem } });
      expect(answer.headers['content-type']).toBe('application/problem+json');
    },
  );

  test('is refused over MCP, even with a good token', async () => {
    const message = aMessage('2026-07-28', 'tools/list');

    const answer = await overMcp({ ...message, token: mcpToken, headers: { ...message.headers, ...headers } });

    expect(answer.status).toBe(421);
    expect(answer.body.error).toMatchObject({ message: problem, data: { code: 'wrong_address' } });
  });
});

test.each(originSecrets)(
  'a request that the distribution passed on with the secret "%s" is answered',
  async (secret) => {
    const message = aMessage('2026-07-28', 'tools/list');
    const headers = { [originSecretHeader]: secret };

    expect((await overRest('GET', '/api/v1/me', { token, headers })).status).toBe(200);
    expect((await overRest('GET', '/api/v1/health', { headers })).status).toBe(200);
    expect((await overMcp({ ...message, token: mcpToken, headers: { ...message.headers, ...headers } })).status).toBe(
      200,
    );
  },
);
