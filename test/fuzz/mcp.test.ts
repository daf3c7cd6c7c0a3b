import fc from 'fast-check';
import { aMessage, revisions, startMcp, type Answer, type Mcp } from '../mcp-server/mcp';
import { times } from '../properties/check';
import type { Call } from '../support/http-calls';
import { sampled } from '../support/sample';
import { revealsNothing } from './betrays-nothing';
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
  await mcp.callTool(token, 'trigger_workflow', { workflow_id: 1 });
  tools = (await mcp.request('2026-07-28', token, 'tools/list')).body.result.tools;
});
afterAll(() => mcp.stop());

/** Expects no 5xx, and either an empty 202 or one JSON-RPC response that reveals no internals. */
function expectCleanResponse({ status, body }: Answer): void {
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
  expect(revealsNothing(text)).toBe(true);
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

/** Turns header values into strings, since a fuzzed tool name may be any JSON. */
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

test('every tool responds to any arguments without a 5xx and without internals', async () => {
  for (const { name, inputSchema } of tools) {
    await fc.assert(
      fc.asyncProperty(revision, fromSchema(inputSchema), async (version, args) => {
        expectCleanResponse(
          await mcp.send('POST', { token, ...aMessage(version, 'tools/call', { name, arguments: args }) }),
        );
      }),
      times(sampled({ whole: 60, sample: 20 })),
    );
  }
});

test('every message, however malformed, gets a JSON-RPC response', async () => {
  const wellFormed = fc
    .tuple(
      revision,
      fc.constantFrom(...methods),
      fc.dictionary(fc.constantFrom('name', 'arguments', 'uri', 'level', 'cursor', '_meta', '__proto__'), oddJson),
    )
    .map(([version, method, params]): Call => onTheWire(aMessage(version, method, params)));
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
  const corrupted = fc
    .tuple(wellFormed, oddHeaders)
    .map(([call, headers]): Call => ({ ...call, headers: { ...call.headers, ...headers } }));

  const statuses = new Set<number>();
  await fc.assert(
    fc.asyncProperty(fc.oneof(wellFormed, odd, anything, raw, corrupted), fc.boolean(), async (call, known) => {
      const answer = await mcp.send('POST', { ...call, ...(known && { token }) });
      statuses.add(answer.status);
      expectCleanResponse(answer);
    }),
    times(sampled({ whole: 400, sample: 200 })),
  );
  expect([...statuses]).toEqual(expect.arrayContaining([200, 400, 401]));
});

test('every other HTTP method is refused with 405', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('GET', 'DELETE', 'PUT', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE'),
      oddHeaders,
      async (method, headers) => {
        const answer = await mcp.send(method, { token, headers });
        expect(answer.status).toBe(405);
        expectCleanResponse(answer);
      },
    ),
    times(30),
  );
});
