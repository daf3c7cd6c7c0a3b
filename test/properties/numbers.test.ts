import type { Context } from 'aws-lambda';
import fc from 'fast-check';
import { httpChain } from '../../functions/edge/http-chain';
import { mcpServer } from '../../functions/mcp-server/mcp-server';
import { renderPayload } from '../../functions/domain/workflow/render';
import { startHarness } from '../deliver-webhook/harness';
import { aMessage } from '../mcp-server/mcp';
import { aWebhookStep, aRecipe } from '../support/builders';
import { exactly } from '../support/exact-decimals';
import { anEvent } from '../support/http-calls';
import { as } from '../support/permitted-writes';
import { sampled } from '../support/sample';
import { startRest, type Rest } from '../support/rest';
import { times } from './check';

jest.setTimeout(120_000);

let rest: Rest;
let harness: Awaited<ReturnType<typeof startHarness>>;
let token: string;
let mcpToken: string;
beforeAll(async () => {
  [rest, harness] = await Promise.all([startRest(), startHarness()]);
  const { id, token: restToken } = await rest.aTenant({ plan: 'custom', unlimited: true, authoring: true });
  token = restToken;
  mcpToken = await rest.aToken(id, { kind: 'mcp', scopes: ['mcp'] });
  await rest.aWorkflow(id, { recipe: aRecipe({ steps: [aWebhookStep({ payload: { v: '{{input.v | json}}' } })] }) });
});
afterAll(async () => {
  await rest.stop();
  await harness.stop();
});

const digits = fc.stringMatching(/^\d{1,22}$/);
/** Numbers as programs write them, most of which a double holds, and any others. */
const number = fc.oneof(
  { weight: 6, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)) },
  { weight: 6, arbitrary: fc.maxSafeInteger().map(String) },
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom('', '-'), fc.nat(9999), fc.nat(999), fc.constantFrom('', '00', 'e2', 'E+2', 'e-7', '0E0'))
      .map(([sign, whole, fraction, end]) => `${sign}${whole}.${fraction}${end}`),
  },
  { weight: 1, arbitrary: fc.tuple(digits, digits).map(([whole, fraction]) => `${BigInt(whole)}.${fraction}`) },
  { weight: 1, arbitrary: digits.map((text) => String(BigInt(text))) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('-0', '1.0', '1e400', '9007199254740993', '1e-400', '0.10', '1e22', '-0.0e9'),
  },
);
const name = fc.constantFrom('a', 'b', 'id', '__proto__', '9007199254740993');
const value = fc
  .letrec((tie) => ({
    json: fc.oneof(
      { maxDepth: 3 },
      { weight: 5, arbitrary: number },
      { weight: 1, arbitrary: fc.constantFrom('"1e400"', '"9007199254740993"', 'null', '" \\"-1.50 "') },
      { weight: 2, arbitrary: fc.array(tie('json'), { maxLength: 4 }).map((items) => `[${items.join()}]`) },
      {
        weight: 2,
        arbitrary: fc
          .array(fc.tuple(name, tie('json')), { maxLength: 3 })
          .map((members) => `{${members.map(([key, json]) => `"${key}" : ${String(json)}`).join()}}`),
      },
    ),
  }))
  .json.map(String);

const headers = { 'content-type': 'application/json' };

async function overRest(method: string, path: string, rawBody?: string): Promise<{ status: number; text: string }> {
  const serve = httpChain(rest.deps, rest.routes);
  const call = { token, ...(rawBody !== undefined && { rawBody, headers }) };
  const reply = await as('rest-api', () => serve(anEvent(method, path, call), {} as Context));
  return { status: reply.statusCode ?? 0, text: reply.body ?? '' };
}

/** Calls a tool with arguments as JSON text. @returns the text of the whole answer */
async function overMcp(name: string, args: string): Promise<string> {
  const serve = mcpServer({ ...rest.deps, ownHosts: [], origin: 'https://workflows.acme.example' });
  const message = aMessage('2026-07-28', 'tools/call', { name, arguments: '@arguments@' });
  const rawBody = JSON.stringify(message.body).replace('"@arguments@"', () => args);
  const call = { token: mcpToken, rawBody, headers: { ...headers, ...message.headers } };
  return (await as('mcp-server', () => serve(anEvent('POST', '/mcp', call), {} as Context))).body ?? '';
}

/** The signed body that a receiver gets of a payload with this value in it. */
async function delivered(sent: string): Promise<string> {
  await harness.reset();
  await harness.addEndpoint({ body: 'payload' });
  const { value: payload } = renderPayload({ v: '{{input.v | json}}' }, JSON.parse(`{"v":${sent}}`));
  await harness.fire({
    payload,
    run: { id: 1, uid: `run_01KAPT${String((runs += 1)).padStart(20, '0')}`, workflow_id: 1 },
  });
  await harness.deliverQueued();
  return harness.receiver.received[0]?.body ?? '';
}
let runs = 0;

test('a JSON text that is accepted comes back with equal numbers in run detail, over MCP and in the signed body', async () => {
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(value, async (sent) => {
      const started = await overRest('POST', '/api/v1/workflows/1/runs', `{"input":{"v":${sent}}}`);
      const called = await overMcp('trigger_workflow', `{"workflow_id":1,"input":{"v":${sent}}}`);

      expect([202, 400]).toContain(started.status);
      // Both channels decide the same.
      expect(JSON.parse(called).result.isError === true).toBe(started.status === 400);
      if (started.status === 400) return;
      accepted += 1;
      const exact = exactly(sent);
      const { id } = JSON.parse(started.text);
      const detail = await overRest('GET', `/api/v1/workflow-runs/${id}`);
      const read = exactly(await overMcp('get_workflow_run', `{"run_id":${id}}`));
      const body = await delivered(sent);

      expect(exactly(started.text).input.v).toEqual(exact);
      expect(exactly(detail.text).input.v).toEqual(exact);
      expect(exactly(called).result.structuredContent.run.input.v).toEqual(exact);
      expect(read.result.structuredContent.input.v).toEqual(exact);
      expect(exactly(JSON.parse(JSON.stringify(read.result.content[0].text))).input.v).toEqual(exact);
      expect(exactly(body)).toEqual({ v: exact });
    }),
    times(sampled({ whole: 60, sample: 20 })),
  );

  expect(accepted).toBeGreaterThan(sampled({ whole: 10, sample: 3 }));
});
