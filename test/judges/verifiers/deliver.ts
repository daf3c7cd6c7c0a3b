import type { Arrival } from '../../e2e/receivers/cases';
import { inboxMessages } from '../../e2e/stack';
import type { JudgedTenant } from '../judged-tenant';

/** Payloads that a library might read in another way than it was signed. */
const payloads: readonly object[] = [
  { text: 'plain' },
  { text: 'Grüße 🌱 \u2028 "quoted" \\ </script> \u0000 \ud83d\udc69\u200d\ud83d\ude80' },
  {},
  { number: 1.5, exponent: 1e21, deep: { list: [1, [2, [3]]], none: null, yes: true, empty: [] } },
  { 'a.b.c': 'id.1700000000.{"type":"other"}', lines: 'one\r\ntwo\n', percent: '%00%zz' },
  { large: '€🌱'.repeat(2_700) },
];

/** How often each endpoint is sent something below, and what arrives for it. */
const arrivalsExpected = {
  events: 2 * payloads.length,
  retries: 3,
  tests: 2,
  announced: 1,
  redelivered: 2,
  rotated: 1,
};
export const arrivalCount = Object.values(arrivalsExpected).reduce((sum, count) => sum + count);

/** Lets the product send all kinds of deliveries to the inbox, and returns each with the secrets that must verify it. */
export async function deliverAll({ stack, token }: JudgedTenant): Promise<Arrival[]> {
  const call = async (method: string, path: string, body?: object) => {
    const answer = await stack.call(method, `/api/v1${path}`, { token, body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const secrets = new Map<string, string[]>();
  const inbox = stack.connection.inbox_endpoint_url;
  const register = async (settings: object) => {
    const endpoint = await call('POST', '/webhook-endpoints', { url: inbox, max_per_second: 50, ...settings });
    secrets.set(endpoint.id, [endpoint.secret]);
    return endpoint.id;
  };
  const arrived = async (count: number) => {
    for (let tries = 0; tries < 150; tries += 1) {
      const messages = (await inboxMessages(stack)).filter(({ tenant }) => tenant === 'verifiers');
      if (messages.length >= count) return messages.reverse();
      await new Promise((resume) => setTimeout(resume, 200));
    }
    throw new Error(`${count} deliveries did not arrive`);
  };
  /** Sends the newest delivery of an endpoint again. It arrives a moment before the product knows that it did. */
  const redeliverTo = async (endpoint: string) => {
    for (let tries = 0; tries < 150; tries += 1) {
      const { data } = await call('GET', `/webhook-deliveries?endpoint_id=${endpoint}&limit=1`);
      if (data[0].status === 'delivered') return call('POST', `/webhook-deliveries/${data[0].id}/redeliver`);
      await new Promise((resume) => setTimeout(resume, 200));
    }
    throw new Error(`The newest delivery to ${endpoint} did not end`);
  };
  const inSecretOf = (bytes: number) => `whsec_${Buffer.alloc(bytes, 0xfb).toString('base64')}`;

  const wrapped = await register({ events: ['judged.*', 'run.succeeded'], secret: inSecretOf(24) });
  const bare = await register({ events: ['judged.*'], body: 'payload', secret: inSecretOf(64) });
  await register({ events: ['failing.twice'], url: `${inbox}?respond=500,503,200` });
  const events = payloads.map((payload) => ({ type: 'fire_webhook_event', event: 'judged.event', payload }));
  const steps = [...events, { type: 'fire_webhook_event', event: 'failing.twice', payload: { text: 'again' } }];
  const { id } = await call('POST', '/workflows', { name: 'Deliver all', recipe: { steps } });
  await call('POST', `/workflows/${id}/runs`, {});
  for (const endpoint of [wrapped, bare]) await call('POST', `/webhook-endpoints/${endpoint}/test`, {});
  const { events: ofEvents, retries, tests, announced } = arrivalsExpected;
  await arrived(ofEvents + retries + tests + announced);

  await redeliverTo(bare);
  const before = await arrived(ofEvents + retries + tests + announced + 1);
  const { secret } = await call('POST', `/webhook-endpoints/${wrapped}/rotate-secret`, {});
  await call('POST', `/webhook-endpoints/${wrapped}/test`, {});
  await arrived(before.length + 1);
  await redeliverTo(wrapped);

  return (await arrived(arrivalCount)).flatMap(({ headers, body, type, endpoint_id: endpoint }: any, index) => {
    const ofEndpoint = secrets.get(endpoint) ?? [];
    const valid = index >= before.length ? [...ofEndpoint, secret] : ofEndpoint;
    return valid.map((one, nth) => ({
      ...{
        name: `delivery ${index} of ${type ?? 'a payload'}, by secret ${nth}`,
        accepted: true,
        secret: one,
        headers,
      },
      body: Buffer.from(body),
    }));
  });
}
