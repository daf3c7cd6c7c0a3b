import fc from 'fast-check';
import { aMessage, revisions, startMcp, type Answer, type Mcp } from '../mcp-server/mcp';
import { times } from '../properties/check';
import type { Call } from '../support/http-calls';
import { betraysNothing } from './betrays-nothing';
import { fromSchema, oddJson, oddText } from './from-schema';

jest.setTimeout(120_000);

let mcp: Mcp;
let token: string;
let tools: { readonly name: string; readonly inputSchema: object }[];

beforeAll(async () => {
  mcp = await startMcp();
  const caller = await mcp.aCaller({ plan: 'custom' });
  token = caller.token;
  for (let n = 0; n < 2; n += 1) await mcp.rest.aWorkflow(caller.id);
  await mcp.give(token, 'trigger_workflow', { workflow_id: 1 });
  tools = (await mcp.request('2026-07-28', token, 'tools/list')).body.result.tools;
});
afterAll(() => mcp.stop());

/** No 5xx; nothing at all, or one JSON-RPC answer that says nothing of how we are made. */
function expectDecent({ status, body }: Answer): void {
  expect(status).toBeGreaterThanOrEqual(200);
  expect(status).toBeLessThan(500);
  if (body === undefined) {
    expect(status).toBe(202);
    return;
  }
  expect(body.jsonrpc).toBe('2.0');
  expect('result' in body).toBe(!('error' in body));
  if ('error' in body)
    expect(body.error).toMatchObject({ code: expect.any(Number), message: expect.stringMatching(/\S/) });
  if (status >= 400) expect(body).toHaveProperty('error');
  const refusal = body.error ?? (body.result?.isError === true ? body.result : undefined);
  if (refusal === undefined) return;
  const text = JSON.stringify(refusal);
  expect(betraysNothing(text)).toBe(true);
  expect(text).not.toMatch(/"(internal|unavailable): /);
}

const revision = fc.constantFrom(...revisions);
const methods = [
  'initialize',
  'ping',
  'tools/list',
  'tools/call',
  'server/discover',
  'prompts/list',
  'prompts/get',
  'resources/list',
  'resources/read',
  'resources/subscribe',
  'logging/setLevel',
  'completion/complete',
  'notifications/initialized',
  'notifications/cancelled',
  'subscriptions/listen',
  'tasks/list',
  'sampling/createMessage',
  'toString',
  '__proto__',
  '',
];

/** Headers are text, whatever a name among the parameters is. */
const onTheWire = ({ body, headers }: ReturnType<typeof aMessage>): Call => ({
  body,
  headers: Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  ),
});

const mediaType = fc.constantFrom('application/json', 'application/json; charset=utf-8', 'text/plain', '');
const oddHeaders = fc.record(
  {
    accept: oddText,
    'content-type': mediaType,
    'mcp-protocol-version': oddText,
    'mcp-method': oddText,
    'mcp-name': oddText,
    'mcp-session-id': oddText,
    origin: oddText,
  },
  { requiredKeys: [] },
);

test('every tool of the list answers whatever arguments it is given, decently', async () => {
  for (const { name, inputSchema } of tools) {
    await fc.assert(
      fc.asyncProperty(revision, fromSchema(inputSchema), async (spoken, args) => {
        expectDecent(await mcp.send('POST', { token, ...aMessage(spoken, 'tools/call', { name, arguments: args }) }));
      }),
      times(60),
    );
  }
});

test('whatever message is sent, it is answered in JSON-RPC', async () => {
  const wellFormed = fc
    .tuple(
      revision,
      fc.constantFrom(...methods),
      fc.dictionary(fc.constantFrom('name', 'arguments', 'uri', 'level', 'cursor', '_meta', '__proto__'), oddJson),
    )
    .map(([spoken, method, params]): Call => onTheWire(aMessage(spoken, method, params)));
  const odd = fc
    .record(
      {
        jsonrpc: fc.constantFrom('2.0', '1.0', 2),
        id: oddJson,
        method: fc.oneof(fc.constantFrom(...methods), oddJson),
        params: oddJson,
        result: oddJson,
      },
      { requiredKeys: [] },
    )
    .map((body): Call => ({ body, headers: { accept: 'application/json, text/event-stream' } }));
  const anything = fc
    .tuple(fc.oneof(oddJson, fc.array(oddJson)), oddHeaders)
    .map(([body, headers]): Call => ({ body, headers }));
  const raw = fc
    .tuple(
      fc.constantFrom<string | Buffer>(
        '',
        '{',
        '[',
        'null',
        Buffer.from([0xff, 0xfe]),
        '['.repeat(60_000),
        'x'.repeat(300_000),
      ),
      oddHeaders,
    )
    .map(([rawBody, headers]): Call => ({
      rawBody,
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    }));
  const harmed = fc
    .tuple(wellFormed, oddHeaders)
    .map(([call, headers]): Call => ({ ...call, headers: { ...call.headers, ...headers } }));

  const met = new Set<number>();
  await fc.assert(
    fc.asyncProperty(fc.oneof(wellFormed, odd, anything, raw, harmed), fc.boolean(), async (call, known) => {
      const answer = await mcp.send('POST', { ...call, ...(known && { token }) });
      met.add(answer.status);
      expectDecent(answer);
    }),
    times(400),
  );
  expect([...met]).toEqual(expect.arrayContaining([200, 400, 401]));
});

test('no other HTTP method is a way in', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'DELETE', 'PUT', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE'),
      oddHeaders,
      async (method, headers) => {
        const answer = await mcp.send(method, { token, headers });
        expect(answer.status).toBe(405);
        expectDecent(answer);
      },
    ),
    times(30),
  );
});
