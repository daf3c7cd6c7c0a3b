import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { isInstalled } from './is-installed';
import { madeUpCases, type Arrival } from './receivers/cases';
import { runners, runSample, type Language } from './receivers/run-sample';
import { localTest } from './local-test';
import { functionLog, inboxMessages, shareStack, retriesSoon, type Stack } from './stack';

let stack: Stack;
beforeAll(async () => {
  stack = await shareStack();
}, 90_000);
afterAll(() => stack.stop());
jest.setTimeout(60_000);

const endpoints = '/api/v1/webhook-endpoints';
const deliveries = '/api/v1/webhook-deliveries';

let fired = 0;
const traceId = '0af7651916cd43dd8448eb211c80319c';

/**
 * Registers an inbox endpoint that responds as given, subscribes it to a new event, and runs a workflow that fires it.
 */
async function fireTo(respond: string, settings: object = {}) {
  const event = `e2e.event_${(fired += 1)}`;
  const url = `${stack.connection.inbox_endpoint_url}?respond=${respond}`;
  const endpoint = await stack.call('POST', endpoints, { body: { url, events: [event], ...settings } });
  expect(endpoint.status).toBe(201);
  const recipe = { steps: [{ type: 'fire_webhook_event', event, payload: { text: 'Grüße 🌱 {{input.n}}' } }] };
  const workflow = await stack.call('POST', '/api/v1/workflows', { body: { name: event, recipe } });
  const triggered = await stack.call('POST', `/api/v1/workflows/${workflow.body.id}/runs`, {
    body: { input: { n: 7 } },
    headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` },
  });
  const run = await stack.call('GET', `/api/v1/workflow-runs/${triggered.body.id}?wait_seconds=20`);
  const [delivery] = run.body.steps[0].output.deliveries;
  return { endpoint: endpoint.body, id: delivery.id as string, event };
}

async function until(id: string, isSo: (delivery: any) => boolean): Promise<any> {
  for (let tries = 0; tries < 150; tries += 1) {
    const { body } = await stack.call('GET', `${deliveries}/${id}`);
    if (isSo(body)) return body;
    await new Promise((resume) => setTimeout(resume, 200));
  }
  throw new Error(
    `Delivery ${id} did not reach the expected state: ${JSON.stringify((await stack.call('GET', `${deliveries}/${id}`)).body)}`,
  );
}

async function arrivals(id: string) {
  const all = await inboxMessages(stack);
  return all.filter(({ webhook_id: webhookId }) => webhookId === id).reverse();
}

test('a failed delivery is retried and a finished one can be replayed, all with one id and a valid signature', async () => {
  if (!retriesSoon(stack)) return;
  const { endpoint, id } = await fireTo('500,200');
  const delivered = await until(id, ({ status }) => status === 'delivered');
  const replayed = await stack.call('POST', `${deliveries}/${id}/redeliver`);
  await until(id, ({ status, attempts_made: made }) => status === 'delivered' && made === 3);

  expect(
    delivered.attempts.map((attempt: any) => [attempt.trigger, attempt.response_status, attempt.error?.class]),
  ).toEqual([
    ['event', 500, 'http_status'],
    ['event', 200, undefined],
  ]);
  expect(replayed.status).toBe(202);
  const messages = await arrivals(id);
  expect(messages).toHaveLength(3);
  const hops = messages.map(({ headers }) => headers['traceparent']);
  expect(new Set(hops).size).toBe(3);
  for (const hop of hops) expect(hop).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
  for (const { verified, headers, body } of messages) {
    expect(verified).toBe(true);
    expect(new Webhook(endpoint.secret).verify(body, headers)).toMatchObject({ data: { text: 'Grüße 🌱 7' } });
    expect(body).toBe(delivered.request.body);
  }
  expect(await stack.call('POST', `${deliveries}/${id}/redeliver`, { body: { x: 1 } })).toMatchObject({ status: 422 });
});

test('run.succeeded is sent to an endpoint that subscribes to it by name, and not to one that subscribes to *', async () => {
  const register = (events: string[]) =>
    stack.call('POST', endpoints, { body: { url: stack.connection.inbox_endpoint_url, events } });
  const [asks, takesAll] = [await register(['run.succeeded']), await register(['*'])];
  const recipe = { steps: [{ type: 'log', message: 'Hello' }] };
  const workflow = await stack.call('POST', '/api/v1/workflows', { body: { name: 'Announced', recipe } });

  const { body: run } = await stack.call('POST', `/api/v1/workflows/${workflow.body.id}/runs`, { body: {} });
  await stack.call('GET', `/api/v1/workflow-runs/${run.id}?wait_seconds=20`);

  const listed = async (id: string) => (await stack.call('GET', `${deliveries}?endpoint_id=${id}`)).body.data;
  for (let tries = 0; tries < 50 && (await listed(asks.body.id)).length === 0; tries += 1)
    await new Promise((resume) => setTimeout(resume, 100));
  const [announced] = await listed(asks.body.id);
  expect(announced).toMatchObject({ event: 'run.succeeded', run_id: run.id, step_index: null });
  const sent = await until(announced.id, ({ status }) => status === 'delivered');
  expect(JSON.parse(sent.request.body)).toMatchObject({
    type: 'run.succeeded',
    data: { status: 'succeeded', steps_succeeded: 1 },
  });
  // Other tests fire events of their own meanwhile, which this endpoint gets.
  expect((await listed(takesAll.body.id)).filter(({ event }: any) => event === 'run.succeeded')).toEqual([]);
  await Promise.all([asks, takesAll].map(({ body }) => stack.call('DELETE', `${endpoints}/${body.id}`)));
});

test('a receiver that always fails gets exactly the attempts of the schedule', async () => {
  if (!retriesSoon(stack)) return;
  const { id } = await fireTo('503');
  const failed = await until(id, ({ status }) => status === 'failed');

  expect(failed).toMatchObject({ attempts_made: 3, ended_reason: 'attempts_exhausted', next_attempt_at: null });
  expect((await stack.call('GET', `${deliveries}?status=failed`)).body.data.map((one: any) => one.id)).toContain(id);
});

test('410 disables the endpoint, and a successful test event enables it again', async () => {
  const { endpoint, id } = await fireTo('410', { body: 'payload' });
  await until(id, ({ status }) => status === 'failed');
  const disabled = await stack.call('GET', `${endpoints}/${endpoint.id}`);
  await stack.call('PATCH', `${endpoints}/${endpoint.id}`, { body: { url: stack.connection.inbox_endpoint_url } });
  const tested = await stack.call('POST', `${endpoints}/${endpoint.id}/test`);
  await until(tested.body.id, ({ status }) => status === 'delivered');
  const enabled = await stack.call('GET', `${endpoints}/${endpoint.id}`);

  expect(disabled.body).toMatchObject({ status: 'disabled', disabled_reason: 'receiver_gone' });
  expect(enabled.body).toMatchObject({ status: 'active', disabled_reason: null });
});

test('during a rotation a delivery verifies with both the old and the new secret', async () => {
  const { endpoint, id } = await fireTo('200');
  await until(id, ({ status }) => status === 'delivered');
  const rotated = await stack.call('POST', `${endpoints}/${endpoint.id}/rotate-secret`);
  const again = await stack.call('POST', `${endpoints}/${endpoint.id}/rotate-secret`);
  await stack.call('POST', `${deliveries}/${id}/redeliver`);
  await until(id, ({ status, attempts_made: made }) => status === 'delivered' && made === 2);

  const { body, headers } = (await arrivals(id)).at(-1)!;
  for (const secret of [endpoint.secret, again.body.secret])
    expect(new Webhook(secret).verify(body, headers)).toBeTruthy();
  expect(() => new Webhook(rotated.body.secret).verify(body, headers)).toThrow();
});

localTest('only the inbox is allowed as a local URL: no other port and no other name of this machine', async () => {
  const { port } = new URL(stack.connection.inbox_url);
  for (const [url, rule] of [
    [`${stack.connection.api_url}/api/v1/health`, 'scheme_not_https'],
    [`http://localhost:${port}/`, 'scheme_not_https'],
    [`https://127.0.0.1:${port}/`, 'port_not_443'],
    ['https://localhost/', 'single_label_host'],
    ['https://169.254.169.254/latest/meta-data/', 'ip_literal'],
  ]) {
    const refused = await stack.call('POST', endpoints, { body: { url, events: ['*'] } });
    expect([url, refused.status, refused.body.errors?.[0]?.code]).toEqual([url, 422, rule]);
  }
});

describe('the samples of docs/receive-webhooks.md', () => {
  const folder = mkdtempSync(join(tmpdir(), 'receiver-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  let real: Arrival[] = [];
  beforeAll(async () => {
    const { endpoint, id } = await fireTo('200');
    await until(id, ({ status }) => status === 'delivered');
    const rotated = await stack.call('POST', `${endpoints}/${endpoint.id}/rotate-secret`);
    await stack.call('POST', `${deliveries}/${id}/redeliver`);
    await until(id, ({ status, attempts_made: made }) => status === 'delivered' && made === 2);
    const messages = await arrivals(id);
    const [before, after] = messages.map(({ headers, body }) => ({ headers, body: Buffer.from(body) }));

    const [old, current] = [endpoint.secret, rotated.body.secret];
    real = [
      { name: 'a delivery', accepted: true, secret: old, ...before! },
      { name: 'a delivery during a rotation, by the old secret', accepted: true, secret: old, ...after! },
      { name: 'a delivery during a rotation, by the new secret', accepted: true, secret: current, ...after! },
      { name: 'a delivery from before the rotation, by the new secret', accepted: false, secret: current, ...before! },
      {
        ...{ name: 'a delivery whose body was changed', accepted: false, secret: old, ...before! },
        body: Buffer.from(before!.body.toString().replace('7', '8')),
      },
    ];
  });

  // Go compiles the packages of its standard library the first time, which takes half a minute on a small machine.
  test.each(Object.keys(runners) as Language[])(
    'in %s accept what is real, refuse everything else and never throw',
    async (language) => {
      if (!runners[language].needs.every(([program, argument]) => isInstalled(program, argument))) return;
      const cases = [...real, ...madeUpCases()];

      expect(await runSample(language, folder, cases)).toEqual(
        Object.fromEntries(cases.map(({ name, accepted }) => [name, String(accepted)])),
      );
    },
    300_000,
  );
});

test('neither the log of the functions nor any response contains a signing secret or a token', async () => {
  if (!retriesSoon(stack)) return;
  const { endpoint, id } = await fireTo('500,200', { headers: { authorization: 'Bearer of-the-receiver' } });
  await until(id, ({ status }) => status === 'delivered');
  const answers = await Promise.all(
    [
      endpoints,
      `${endpoints}/${endpoint.id}`,
      deliveries,
      `${deliveries}/${id}`,
      '/api/v1/workflow-runs?limit=5',
      '/api/v1/me',
    ].map((path) => stack.call('GET', path)),
  );
  const logs = await functionLog(stack);
  expect(logs.join('')).toContain('delivery_attempted');
  for (const line of logs) {
    expect(JSON.parse(line)).toEqual(expect.any(Object));
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(400);
  }

  const text = JSON.stringify(answers.map(({ body }) => body)) + logs.join('');
  expect(text).not.toContain(endpoint.secret);
  expect(text).not.toContain(endpoint.secret.replace('whsec_', ''));
  for (const { rest_token: token } of Object.values(stack.connection.tenants)) expect(text).not.toContain(token);
  expect(logs.join('')).not.toContain('of-the-receiver');
});
