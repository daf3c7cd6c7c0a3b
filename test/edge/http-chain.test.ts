import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import { ProductError } from '../../functions/domain/errors';
import { newToken, type Token } from '../../functions/domain/tenant/token';
import { httpChain } from '../../functions/edge/http-chain';
import type { Call, GuardedRoute } from '../../functions/edge/http/route';
import { errorFields, type LogFields } from '../../functions/edge/log/log';
import { aTenant, aToken, noon } from '../support/builders';
import { anEvent } from '../support/http-calls';
import { testClock } from '../support/start-run';

const token = newToken('pat');

/** The middleware chain with one route, which runs `act`. */
function aChain(act: (call: Call) => unknown, stored: Token | null = aToken()) {
  const clock = testClock();
  const logged: LogFields[] = [];
  const found: string[] = [];
  const noted: string[] = [];
  const route: GuardedRoute = {
    method: 'POST',
    path: '/things/{thing_id}',
    operationId: 'doThing',
    summary: 'Do a thing',
    access: { scope: 'workflows:run', permission: 'manage_agents' },
    replies: { 200: null },
    errors: [],
    act: async (call) => ({ status: 200, body: (await act(call)) ?? {} }),
  };
  const chain = httpChain(
    {
      tokens: {
        find: async (text) => {
          found.push(text);
          return stored === null ? undefined : structuredClone(stored);
        },
        noteUse: async (_text, _token, at) => {
          await sleep(5);
          noted.push(at);
          throw new Error('The use of the token could not be stored');
        },
      },
      tenants: { get: async (id) => aTenant({ id }) },
      requestCounter: { take: async () => true },
      signIn: async () => undefined,
      origin: 'https://workflows.acme.example',
      originSecrets: [],
      now: clock.now,
      log: (_level, fields) => void logged.push(fields),
    },
    [route],
  );
  const send = async (call = {}, target = '/things/7') =>
    chain(anEvent('POST', target, { token, ...call }), {} as Context);
  return { send, clock, logged, found, noted };
}

describe('the chain', () => {
  it('passes caller, parameters, query and body to the route', async () => {
    const calls: Call[] = [];
    const { send } = aChain((call) => void calls.push(call));

    await send({ body: { a: 1 }, headers: { 'X-Thing': 'x' } }, '/things/7?q=1');

    const [{ caller, params, request }] = calls as [Call];
    expect(caller).toMatchObject({ tenantId: 'acme', channel: 'rest_api', name: 'CI token', permissions: [] });
    expect(params).toEqual({ thing_id: '7' });
    expect(request.query.get('q')).toBe('1');
    expect(request.body).toEqual({ a: 1 });
    expect(request.headers['x-thing']).toBe('x');
  });

  it.each(['bearer', 'BEARER', 'Bearer  '])('accepts the scheme as %s', async (scheme) => {
    const { send } = aChain(() => undefined);

    expect(await send({ token: undefined, headers: { Authorization: `${scheme} ${token}` } })).toMatchObject({
      statusCode: 200,
    });
  });

  it('reads a token once in 10 seconds, even one that does not exist', async () => {
    const known = aChain(() => undefined);
    await known.send();
    await known.send();
    known.clock.advance(10);
    await known.send();
    expect(known.found).toHaveLength(2);

    const unknown = aChain(() => undefined, null);
    await unknown.send();
    expect(await unknown.send()).toMatchObject({ statusCode: 401 });
    expect(unknown.found).toHaveLength(1);
  });

  it('refuses a malformed token without reading the table', async () => {
    const { send, found } = aChain(() => undefined);

    for (const other of ['x', newToken('mcp'), `${token}x`, token.toUpperCase()]) {
      expect(await send({ token: other })).toMatchObject({ statusCode: 401 });
    }
    expect(found).toEqual([]);
  });

  it.each([
    ['a success', () => undefined, 200],
    ['a refusal', () => Promise.reject(new ProductError('workflow_inactive', 'x')), 409],
  ])(
    'waits until the use of the token is stored before it responds with %s, and ignores a failure of that write',
    async (_what, act, statusCode) => {
      const { send, noted } = aChain(act, aToken({ last_used_at: null }));

      expect(await send()).toMatchObject({ statusCode });

      expect(noted).toEqual([noon.toISOString()]);
    },
  );

  it('goes on with a request that takes longer than the write of the token takes to fail', async () => {
    const { send, noted } = aChain(() => sleep(50), aToken({ last_used_at: null }));

    // A rejection that nobody handles ends the process of a function, and fails this test.
    expect(await send()).toMatchObject({ statusCode: 200 });

    expect(noted).toHaveLength(1);
  });

  it('logs a refusal in one line, with its code and nothing of the request body', async () => {
    const { send, logged } = aChain(() => {
      throw new ProductError('workflow_inactive', 'Workflow 1 is not active.');
    });

    const answer = await send({ body: { secret: 'x' } });

    expect(answer).toMatchObject({ statusCode: 409 });
    expect(logged).toEqual([
      {
        event: 'request_refused',
        code: 'workflow_inactive',
        tenant: 'acme',
        operation: 'doThing',
        channel: 'rest_api',
        request_id: expect.any(String),
        ip: '203.0.113.7',
        trace: expect.stringMatching(/^[0-9a-f]{32}$/),
        ms: 0,
      },
    ]);
  });

  it.each([
    ['CloudFront says who called it, and API Gateway appends CloudFront', '198.51.100.1, 203.0.113.7', '198.51.100.1'],
    ['the caller invented addresses before that', '10.0.0.1, 8.8.8.8, 198.51.100.1, 203.0.113.7', '198.51.100.1'],
    ['API Gateway appends nothing', '198.51.100.1', '198.51.100.1'],
    ['the caller has an IPv6 address', '2001:db8::7,203.0.113.7', '2001:db8::7'],
    ['nothing was appended', '', '203.0.113.7'],
    ['only the caller of API Gateway is known', '203.0.113.7', '203.0.113.7'],
    ['the header is rubbish', `${'x'.repeat(10_000)}, 203.0.113.7`, 'x'.repeat(45)],
  ])('logs the address of the caller and not of CloudFront, if %s', async (_what, forwardedFor, ip) => {
    const { send, logged } = aChain(() => {
      throw new ProductError('workflow_inactive', 'Workflow 1 is not active.');
    });

    await send({ headers: { 'x-forwarded-for': forwardedFor } });

    expect(logged).toMatchObject([{ ip }]);
  });

  it.each<[string, unknown, number, string]>([
    ['an Error', new TypeError('x is undefined'), 500, 'internal'],
    ['a thrown string', 'text', 500, 'internal'],
    ['an error of AWS', Object.assign(new Error('arn:…'), { $metadata: {} }), 503, 'unavailable'],
  ])('turns %s into a problem that reveals nothing about it', async (_what, thrown, status, code) => {
    const { send } = aChain(jest.fn().mockRejectedValue(thrown));

    const answer = await send();

    expect(answer).toMatchObject({ statusCode: status, headers: { 'content-type': 'application/problem+json' } });
    expect(JSON.parse(answer.body ?? '')).toMatchObject({ code });
    expect(answer.body).not.toMatch(/undefined|arn|text/);
  });
});

describe('the description of an error in a log line', () => {
  it('has its name, the start of its message and one stack frame', () => {
    const { error, where } = errorFields(new TypeError('x'.repeat(1000)));

    expect(error).toHaveLength(160);
    expect(error).toMatch(/^TypeError: x/);
    expect(where).toMatch(/^at /);
    expect(where!.length).toBeLessThanOrEqual(120);
  });

  it('does not contain a thrown value that is not an Error', () => {
    expect(errorFields({ secret: 'x' })).toEqual({ error: 'not an Error', where: undefined });
  });
});
