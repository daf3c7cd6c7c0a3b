import { ulid } from 'ulid';
import { announceDisabled } from '../../functions/domain/delivery/announce';
import { sendTestEvent } from '../../functions/domain/delivery/send-test';
import { announceRunEnd } from '../../functions/domain/run/announce-run-end';
import { openApiDocument } from '../../functions/rest-api/document/openapi';
import { anEndpoint, aRun } from '../support/builders';
import { schemaJudge } from '../e2e/schema-judge';
import { resolved } from '../support/document/described';
import { aFiringRun, startHarness, tenantId } from './harness';

const document: any = openApiDocument([]);
const judge = schemaJudge(document);

let harness: Awaited<ReturnType<typeof startHarness>>;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());
beforeEach(() => harness.reset());

const everything = ['*', 'run.succeeded', 'run.failed', 'endpoint.disabled'];
const aRunThat = (overrides: Parameters<typeof aRun>[0]) =>
  aRun({ ...aFiringRun, finished_at: harness.clock.now.toISOString(), ...overrides });

const events: Readonly<Record<string, () => Promise<unknown>>> = {
  'workflow.event': () => harness.fire(),
  'run.succeeded': () => announceRunEnd(harness.deps, tenantId, aRunThat({ status: 'succeeded' }), harness.clock.now),
  'run.failed': () =>
    announceRunEnd(
      harness.deps,
      tenantId,
      aRunThat({ status: 'failed', error: { code: 'rendered_too_large', message: 'Too large.', step: 1 } }),
      harness.clock.now,
    ),
  'endpoint.disabled': () =>
    announceDisabled(
      harness.deps,
      tenantId,
      anEndpoint({
        status: 'disabled',
        disabled_reason: 'receiver_gone',
        disabled_at: harness.clock.now.toISOString(),
        disabling_announced: false,
      }),
      harness.clock.now,
    ),
  'endpoint.test': async () => {
    const [endpoint] = await harness.endpoints.list(tenantId);
    await sendTestEvent(harness.deps, tenantId, {
      endpoint: endpoint!,
      payload: undefined,
      ulid: ulid(),
      now: harness.clock.now,
    });
  },
};

test('openapi.json describes each event that is sent', () => {
  expect(Object.keys(document.webhooks).sort()).toEqual(Object.keys(events).sort());
});

test.each(Object.keys(events))('what a receiver gets of %s is what openapi.json describes', async (name) => {
  await harness.addEndpoint({ events: everything });

  await events[name]!();
  await harness.deliverQueued();

  const { post } = document.webhooks[name];
  const [{ headers, body }] = harness.receiver.received as any;
  const place = ['webhooks', name, 'post', 'requestBody', 'content', 'application/json', 'schema'];
  expect(judge(place, JSON.parse(body))).toBe('');
  const described = post.parameters.map((one: any) => resolved(document, one));
  const required = described.filter((one: any) => one.required).map((one: any) => one.name);
  const ours = Object.keys(headers).filter((one) => /^(webhook-|workflow-|traceparent)/.test(one));
  expect(ours).toEqual(expect.arrayContaining(required));
  expect(described.map((one: any) => one.name)).toEqual(expect.arrayContaining(ours));
});

test('the description of an event refuses another body', () => {
  const place = (name: string) => ['webhooks', name, 'post', 'requestBody', 'content', 'application/json', 'schema'];
  const envelope = { type: 'run.failed', timestamp: '2026-01-31T12:00:00.000Z', data: {} };

  expect(judge(place('run.failed'), envelope)).toContain('status');
  expect(judge(place('workflow.event'), { ...envelope, timestamp: 'now' })).toContain('date-time');
});
