import { Socket } from 'node:net';
import type { Target } from '../../functions/deliver-webhook/check-target';
import type { Resolve } from '../../functions/deliver-webhook/resolve-host';
import { sendWebhook, type Sent } from '../../functions/deliver-webhook/send-webhook';
import { allowedUrls, refusedUrls } from '../domain/endpoint/url-cases';
import { publicAnswers, refusedAnswers } from './resolver-cases';

/** Notes every connection that would be made, and refuses it. */
function recordingConnector() {
  const tried: Target[] = [];
  const connect = (target: Target) => {
    tried.push(target);
    return new Socket().destroy(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
  };
  return { tried, connect };
}

const ownHosts = ['own.example.net', 'a1b2c3.execute-api.eu-west-1.amazonaws.com'];

async function send(url: string, resolve: Resolve): Promise<{ sent: Sent; tried: Target[]; asked: string[] }> {
  const { tried, connect } = recordingConnector();
  const asked: string[] = [];
  const recordingResolve: Resolve = (hostname) => {
    asked.push(hostname);
    return resolve(hostname);
  };
  const sent = await sendWebhook(
    { resolve: recordingResolve, connect, policy: { ownHosts }, limits: { connectMs: 50, totalMs: 100 } },
    { url, headers: {}, body: '{}' },
  );
  return { sent, tried, asked };
}

const url = 'https://hooks.example.com/in';

test.each(refusedAnswers)('a name that resolves to %j is not connected to: %s', async (answers, rule) => {
  const { sent, tried } = await send(url, async () => answers);

  expect(tried).toEqual([]);
  expect(sent).toMatchObject({ address: null, status: null, excerpt: null, error: { class: 'blocked_address', rule } });
});

test('the answer of a private resolver is not shown to the tenant, only the range it is in', async () => {
  const { sent } = await send(url, async () => ['10.1.2.3']);

  expect(sent.error?.detail).toBe('The host name has an address in a refused range (10.0.0.0/8).');
});

test.each(publicAnswers.map((answers) => [answers]))(
  'a name that resolves to %j is connected to there, without asking again',
  async (answers) => {
    const { sent, tried, asked } = await send(url, async () => answers);

    expect(tried.map(({ addresses }) => addresses)).toEqual([answers]);
    expect(asked).toEqual(['hooks.example.com']);
    expect(sent.error).toEqual({ class: 'connect', rule: null, detail: 'No connection (ECONNREFUSED).' });
  },
);

test.each([
  ['SERVFAIL', Object.assign(new Error('queryA ESERVFAIL'), { code: 'ESERVFAIL' }), 'ESERVFAIL'],
  ['a time-out', Object.assign(new Error('queryA ETIMEOUT'), { code: 'ETIMEOUT' }), 'ETIMEOUT'],
  ['a refusal', Object.assign(new Error('queryA EREFUSED'), { code: 'EREFUSED' }), 'EREFUSED'],
  ['an error without a code', new Error('boom'), 'unknown'],
])('a look-up that ends in %s leads to no connection', async (_name, failure, code) => {
  const { sent, tried } = await send(url, () => Promise.reject(failure));

  expect(tried).toEqual([]);
  expect(sent.error).toEqual({ class: 'dns', rule: null, detail: `The host name could not be looked up (${code}).` });
});

test('a name without addresses leads to no connection', async () => {
  const { sent, tried } = await send(url, async () => []);

  expect(tried).toEqual([]);
  expect(sent.error).toEqual({ class: 'dns', rule: null, detail: 'The host name has no address.' });
});

test('a look-up that never ends is given up after the total time, and its late answer is not used', async () => {
  let answerLate: (addresses: string[]) => void = () => undefined;
  const { sent, tried } = await send(url, () => new Promise((resolve) => (answerLate = resolve)));
  answerLate(['93.184.216.34']);
  await new Promise((resolve) => setImmediate(resolve));

  expect(sent.error?.class).toBe('dns');
  expect(tried).toEqual([]);
});

test('every URL that may not be registered is refused again at the attempt, before DNS', async () => {
  for (const [refused, rule] of refusedUrls) {
    const { sent, tried, asked } = await send(refused, async () => ['93.184.216.34']);

    expect([refused, sent.error?.class, sent.error?.rule, tried, asked]).toEqual([
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
    const { tried, asked } = await send(given, async () => ['93.184.216.34']);

    expect([given, asked, tried.map((target) => target.url.href)]).toEqual([
      given,
      [new URL(stored).hostname],
      [stored],
    ]);
  }
});

test('a name that is rebound between attempts is judged anew at each', async () => {
  const answers = [['93.184.216.34'], ['127.0.0.1'], ['8.8.8.8', '169.254.169.254'], ['93.184.216.34']];
  const outcomes: (string | undefined)[] = [];
  for (const answer of answers) outcomes.push((await send(url, async () => answer)).sent.error?.class);

  expect(outcomes).toEqual(['connect', 'blocked_address', 'blocked_address', 'connect']);
});
