import fc from 'fast-check';
import { startConnect, type Connect } from '../authorization-server/connect';
import { times } from '../properties/check';
import { revealsNothing } from './betrays-nothing';
import { oddJson, oddText } from './from-schema';

jest.setTimeout(120_000);

let connect: Connect;
let clientId: string;
let idToken: string;
let waiting: Awaited<ReturnType<Connect['ask']>>;

beforeAll(async () => {
  connect = await startConnect();
  ({ idToken } = await connect.aPerson());
  clientId = await connect.register();
  waiting = await connect.ask(clientId);
});
afterAll(() => connect.stop());

const paths = () => [
  '/oauth/authorize',
  `/oauth/authorize/${waiting.uid}`,
  '/oauth/token',
  '/oauth/register',
  '/oauth/revoke',
  `/oauth/interaction/${waiting.uid}`,
  `/oauth/interaction/${waiting.uid}/request`,
  `/oauth/interaction/${waiting.uid}/decision`,
  '/oauth/interaction/%00/request',
  '/oauth/session/end/confirm',
  '/oauth/me',
  '/oauth/',
  '/.well-known/oauth-authorization-server',
  '/.well-known/oauth-protected-resource/mcp',
  '/.well-known/openid-configuration',
  '/.well-known/x',
];

const names = [
  'client_id',
  'response_type',
  'redirect_uri',
  'code_challenge',
  'code_challenge_method',
  'resource',
  'scope',
  'state',
  'prompt',
  'response_mode',
  'request',
  'request_uri',
  'claims',
  'max_age',
  'grant_type',
  'code',
  'code_verifier',
  'refresh_token',
  'token',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
  '__proto__',
];
/** Values that get a request further than odd text does. */
const values = () => [
  clientId,
  'code',
  'https://app.example/callback',
  'x'.repeat(43),
  'S256',
  'https://workflows.acme.example/mcp',
  'mcp',
  'consent',
  'authorization_code',
  'refresh_token',
  'form_post',
  '{}',
];

const parameters = fc
  .array(fc.tuple(fc.constantFrom(...names), fc.oneof(fc.nat(20), oddText)), { maxLength: 10 })
  .map((pairs) =>
    pairs.map(([name, value]): [string, string] => [name, typeof value === 'number' ? (values()[value] ?? '') : value]),
  );

test('whatever is sent to the authorization server, it is answered without a failure of ours and betrays nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        method: fc.constantFrom('GET', 'POST', 'OPTIONS', 'PUT', 'DELETE', 'HEAD'),
        path: fc.nat(paths().length - 1),
        query: parameters,
        body: fc.oneof(
          parameters.map((pairs) => new URLSearchParams(pairs).toString()),
          oddJson.map((value) => JSON.stringify(value)),
          oddText,
        ),
        type: fc.constantFrom('application/x-www-form-urlencoded', 'application/json', 'text/plain', ''),
        accept: fc.constantFrom('text/html', 'application/json', '*/*', 'text/html;q=0, */*;q=0.1'),
        isPerson: fc.boolean(),
        hasCookies: fc.boolean(),
      }),
      async ({ method, path, query, body, type, accept, isPerson, hasCookies }) => {
        const target = `${paths()[path] ?? ''}?${new URLSearchParams(query).toString()}`;
        const answer = await connect.send(method, target, {
          rawBody: body,
          headers: { 'content-type': type, accept },
          ...(isPerson && { token: idToken }),
          ...(hasCookies && { cookies: waiting.cookies }),
        });

        expect(answer.status).toBeGreaterThanOrEqual(200);
        expect(answer.status).toBeLessThan(500);
        const said = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? '');
        expect(answer.status < 400 || revealsNothing(said)).toBe(true);
        expect(said).not.toContain('server_error');
        expect(answer.headers['location'] ?? '').not.toContain('server_error');
      },
    ),
    times(600),
  );
});
