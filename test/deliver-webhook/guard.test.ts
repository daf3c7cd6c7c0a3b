import type { Target } from '../../functions/guard/check-target';
import type { Resolve } from '../../functions/guard/resolve-host';
import { sendWebhook, type Sent } from '../../functions/deliver-webhook/send-webhook';
import { allowedUrls, refusedUrls } from '../domain/endpoint/url-cases';
import { publicAnswers, refusedAnswers } from './resolver-cases';

/** Records every connection that would be made, and refuses it. */
function recordingConnector() {
  const connections: Target[] = [];
  const connect = (target: Target) => {
    connections.push(target);
    return Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
  };
  return { connections, connect };
}

const ownHosts = ['own.example.net', 'a1b2c3.execute-api.eu-west-1.amazonaws.com'];

async function send(url: string, resolve: Resolve): Promise<{ sent: Sent; connections: Target[]; lookedUp: string[] }> {
  const { connections, connect } = recordingConnector();
  const lookedUp: string[] = [];
  const recordingResolve: Resolve = (hostname) => {
    lookedUp.push(hostname);
    return resolve(hostname);
  };
  const sent = await sendWebhook(
    { resolve: recordingResolve, connect, policy: { ownHosts }, limits: { connectMs: 50, totalMs: 100 } },
    { url, headers: {}, body: '{}' },
  );
  return { sent, connections, lookedUp };
}

const url = 'https://hooks.example.com/in';

test.each(refusedAnswers)('a name that resolves to %j is not connected to: %s', async (answers, rule) => {
  const { sent, connections } = await send(url, async () => answers);

  expect(connections).toEqual([]);
  expect(sent).toMatchObject({ address: null, status: null, excerpt: null, error: { class: 'blocked_address', rule } });
});

test('the tenant does not see the address of a refused host name, only the range it is in', async () => {
  const { sent } = await send(url, async () => ['10.1.2.3']);

  expect(sent.error?.detail).toBe('The host name has an address in a refused range (10.0.0.0/8).');
});

test.each(publicAnswers.map((answers) => [answers]))(
  'a name that resolves to %j is connected to at those addresses, without a second look-up',
  async (answers) => {
    const { sent, connections, lookedUp } = await send(url, async () => answers);

    expect(connections.map(({ addresses }) => addresses)).toEqual([answers]);
    expect(lookedUp).toEqual(['hooks.example.com']);
    expect(sent.error).toEqual({ class: 'connect', rule: null, detail: 'No connection (ECONNREFUSED).' });
  },
);

test.each([
  ['SERVFAIL', Object.assign(new Error('queryA ESERVFAIL'), { code: 'ESERVFAIL' }), 'ESERVFAIL'],
  ['a time-out', Object.assign(new Error('queryA ETIMEOUT'), { code: 'ETIMEOUT' }), 'ETIMEOUT'],
  ['a refusal', Object.assign(new Error('queryA EREFUSED'), { code: 'EREFUSED' }), 'EREFUSED'],
  ['an error without a code', new Error('boom'), 'unknown'],
])('a look-up that ends in %s leads to no connection', async (_name, failure, code) => {
  const { sent, connections } = await send(url, () => Promise.reject(failure));

  expect(connections).toEqual([]);
  expect(sent.error).toEqual({ class: 'dns', rule: null, detail: `The host name could not be looked up (${code}).` });
});

test('a name without addresses leads to no connection', async () => {
  const { sent, connections } = await send(url, async () => []);

  expect(connections).toEqual([]);
  expect(sent.error).toEqual({ class: 'dns', rule: null, detail: 'The host name has no address.' });
});

test('a look-up that never ends is given up after the total time limit, and its late result is not used', async () => {
  let answerLate: (addresses: string[]) => void = () => undefined;
  const { sent, connections } = await send(url, () => new Promise((resolve) => (answerLate = resolve)));
  answerLate(['93.184.216.34']);
  await new Promise((resolve) => setImmediate(resolve));

  expect(sent.error?.class).toBe('dns');
  expect(connections).toEqual([]);
});

test('every URL that may not be registered is refused again at the attempt, before DNS', async () => {
  for (const [refused, rule] of refusedUrls) {
    const { sent, connections, lookedUp } = await send(refused, async () => ['93.184.216.34']);

    expect([refused, sent.error?.class, sent.error?.rule, connections, lookedUp]).toEqual([
      refused,
      'blocked_address',
      rule,
      [],
      [],
    ]);
  }
});

test('every URL that may be registered is looked up by its normalised name', async () => {
  for (const [given, stored] of allowedUrls) {
    const { connections, lookedUp } = await send(given, async () => ['93.184.216.34']);

    expect([given, lookedUp, connections.map((target) => target.url)]).toEqual([
      given,
      [new URL(stored).hostname],
      [stored],
    ]);
  }
});

test('a name that is rebound between attempts is checked again at each attempt', async () => {
  const answers = [['93.184.216.34'], ['127.0.0.1'], ['8.8.8.8', '169.254.169.254'], ['93.184.216.34']];
  const outcomes: (string | undefined)[] = [];
  for (const answer of answers) outcomes.push((await send(url, async () => answer)).sent.error?.class);

  expect(outcomes).toEqual(['connect', 'blocked_address', 'blocked_address', 'connect']);
});
