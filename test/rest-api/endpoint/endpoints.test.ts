import { openStores } from '../../../functions/aws/open-stores';
import { addSeconds } from '../../../functions/domain/day';
import { noon } from '../../support/builders';
import { interceptDatabase } from '../../support/requests';
import { startRest, type Rest } from '../../support/rest';

// One test sends 60 concurrent requests to an engine that serialises writes.
jest.setTimeout(30_000);

let rest: Rest;
let token: string;
let tenantId: string;
const path = '/api/v1/webhook-endpoints';
const valid = { url: 'https://hooks.example.com/in', events: ['campaign.*'] };

/** Makes the next matching request fail, once. */
let breakNext: ((command: { constructor: { name: string }; input: any }) => boolean) | undefined;

beforeAll(async () => {
  rest = await startRest((table) =>
    interceptDatabase(table, (command, send) => {
      if (!breakNext?.(command)) return send();
      breakNext = undefined;
      return Promise.reject(new Error('killed'));
    }),
  );
});
afterAll(() => rest.stop());
beforeEach(async () => {
  rest.clock.set(noon);
  breakNext = undefined;
  ({ token, id: tenantId } = await rest.aTenant());
});

/** Another host for each, where their number is not what matters. */
let hosts = 0;
const elsewhere = () => ({ ...valid, url: `https://hooks-${(hosts += 1)}.example.com/in` });

const post = (body: unknown, headers: Record<string, string> = {}) => rest.call('POST', path, { token, body, headers });
const faultsOf = (answer: { body: any }) => answer.body.errors.map(({ pointer, code }: any) => `${pointer} ${code}`);

test('an endpoint is registered with defaults, and its secret is in that response only', async () => {
  const created = await post({ ...valid, url: 'HTTPS://Hooks.Example.com:443/in#x' });

  expect(created).toMatchObject({
    status: 201,
    body: {
      id: expect.stringMatching(/^ep_[0-9a-z]{10}$/),
      url: 'https://hooks.example.com/in',
      events: ['campaign.*'],
      description: null,
      body: 'envelope',
      headers: {},
      status: 'active',
      disabled_reason: null,
      warning: null,
      created_at: noon.toISOString(),
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
    },
  });
  expect(created.headers['location']).toBe(`${path}/${created.body.id}`);
  const { secret, ...endpoint } = created.body;
  expect(await rest.call('GET', `${path}/${endpoint.id}`, { token })).toMatchObject({ status: 200, body: endpoint });

  const later = [
    await rest.call('GET', `${path}/${endpoint.id}`, { token }),
    await rest.call('GET', path, { token }),
    await rest.call('PATCH', `${path}/${endpoint.id}`, { token, body: { description: 'x' } }),
    await rest.call('POST', `${path}/${endpoint.id}/test`, { token }),
  ];
  expect(JSON.stringify([later, rest.logged])).not.toContain(secret.replace('whsec_', ''));
});

test.each([
  [{}, ['#/url invalid_type', '#/events invalid_type']],
  [{ ...valid, url: 12 }, ['#/url invalid_type']],
  [{ ...valid, url: null }, ['#/url invalid_type']],
  [{ ...valid, url: ['https://example.com'] }, ['#/url invalid_type']],
  [{ ...valid, events: [] }, ['#/events too_small']],
  [{ ...valid, events: ['campaign*'] }, ['#/events/0 invalid_event_pattern']],
  [{ ...valid, events: ['a', 'a'] }, ['#/events duplicate_subscription']],
  [{ ...valid, headers: { Host: 'x' } }, ['#/headers/Host reserved_header']],
  [{ ...valid, headers: { 'x-a': 'a\nb' } }, ['#/headers/x-a invalid_header']],
  [{ ...valid, body: 'xml' }, ['#/body invalid_value']],
  [{ ...valid, description: '-'.repeat(501) }, ['#/description too_big']],
  [{ ...valid, status: 'disabled', secret: 'whsec_x' }, ['#/secret invalid_secret', '#/status unrecognized_keys']],
  [[], ['# invalid_type']],
])('%j is refused with 422 and a code for each fault', async (body, faults) => {
  const refused = await post(body);

  expect(refused).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
  expect(faultsOf(refused)).toEqual(faults);
});

test.each([
  ['http://example.com/', 'scheme_not_https'],
  ['https://user:secret@example.com/', 'credentials_in_url'],
  ['https://example.com:8443/', 'port_not_443'],
  ['https://2130706433/', 'ip_literal'],
  ['https://[::1]/', 'ip_literal'],
  ['https://localhost/', 'single_label_host'],
  ['https://xn--a.com/', 'unclear_host'],
  ['https://ｅｘａｍｐｌｅ.com/', 'unclear_host'],
  ['https://%65xample.com/', 'malformed_host'],
  ['https://metadata.google.internal/', 'reserved_name'],
  ['not a url', 'forbidden_character'],
  ['', 'malformed_url'],
  [`https://example.com/${'x'.repeat(3000)}`, 'url_too_long'],
])('the URL %j is refused with the rule it breaks, at creation and at a change', async (url, rule) => {
  const { body: endpoint } = await post(valid);

  for (const refused of [
    await post({ ...valid, url }),
    await rest.call('PATCH', `${path}/${endpoint.id}`, { token, body: { url } }),
  ]) {
    expect(refused).toMatchObject({ status: 422, body: { code: 'endpoint_url_not_allowed' } });
    expect(faultsOf(refused)).toEqual([`#/url ${rule}`]);
  }
});

test('a host in letters outside ASCII is stored in the form that name servers know', async () => {
  const { status, body } = await post({ ...valid, url: 'https://Bücher.de/a^b' });

  expect([status, body.url]).toEqual([201, 'https://xn--bcher-kva.de/a%5Eb']);
});

test('a host that is refused for its spelling is refused with how to write it', async () => {
  const refused = await post({ ...valid, url: 'https://BÜCHER.de/' });

  expect(refused.body.errors[0].detail).toMatch(/small letters.+ASCII form \(xn--…\)/);
});

test('the product does not accept its own hosts as a receiver', async () => {
  const deps = rest.deps as { ownHosts: readonly string[] };
  deps.ownHosts = ['workflows.acme.dev'];

  expect(faultsOf(await post({ ...valid, url: 'https://workflows.acme.dev/api/v1/health' }))).toEqual([
    '#/url own_host',
  ]);
  deps.ownHosts = [];
});

test('a change affects only the fields it has', async () => {
  const { body: created } = await post({ ...valid, headers: { 'X-Key': 'k' }, description: 'ours' });

  const changed = await rest.call('PATCH', `${path}/${created.id}`, {
    token,
    body: { events: ['*'], body: 'payload' },
  });

  const { secret: _secret, ...rest_ } = created;
  expect(changed).toMatchObject({
    status: 200,
    body: { ...rest_, events: ['*'], body: 'payload', headers: { 'x-key': null } },
  });
  expect(await rest.call('PATCH', `${path}/${created.id}`, { token, body: { id: 'ep_x' } })).toMatchObject({
    status: 422,
  });
});

test('an endpoint can be disabled and enabled', async () => {
  const { body: created } = await post(valid);
  const off = await rest.call('PATCH', `${path}/${created.id}`, { token, body: { status: 'disabled' } });
  const on = await rest.call('PATCH', `${path}/${created.id}`, { token, body: { status: 'active' } });

  expect(off.body).toMatchObject({ status: 'disabled', disabled_reason: 'by_request' });
  expect(on.body).toMatchObject({ status: 'active', disabled_reason: null });
});

test('a deleted endpoint is not found', async () => {
  const { body: created } = await post(valid);

  expect(await rest.call('DELETE', `${path}/${created.id}`, { token })).toMatchObject({ status: 204, body: undefined });
  for (const [method, suffix] of [
    ['GET', ''],
    ['PATCH', ''],
    ['DELETE', ''],
    ['POST', '/rotate-secret'],
    ['POST', '/test'],
  ] as const) {
    expect(
      await rest.call(method, `${path}/${created.id}${suffix}`, { token, ...(method === 'PATCH' && { body: {} }) }),
    ).toMatchObject({ status: 404 });
  }
});

test('endpoints are listed newest first, in pages', async () => {
  const ids: string[] = [];
  for (let index = 0; index < 5; index += 1) {
    rest.clock.set(addSeconds(noon, index));
    ids.unshift((await post(valid)).body.id);
  }

  const first = await rest.call('GET', `${path}?limit=2`, { token });
  await rest.call('DELETE', `${path}/${ids[1]}`, { token });
  const second = await rest.call('GET', `${path}?limit=2&cursor=${first.body.next_cursor}`, { token });
  const third = await rest.call('GET', `${path}?limit=2&cursor=${second.body.next_cursor}`, { token });

  expect([first, second, third].map(({ body }) => body.data.map(({ id }: any) => id))).toEqual([
    ids.slice(0, 2),
    ids.slice(2, 4),
    ids.slice(4),
  ]);
  expect(third.body).toMatchObject({ has_more: false, next_cursor: null });
});

describe('the limit of 50 endpoints', () => {
  test('is exact for 60 concurrent registrations, and deleting one makes room for one', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => post(elsewhere())));

    const created = answers.filter(({ status }) => status === 201);
    expect(created).toHaveLength(50);
    for (const { status, body } of answers.filter((answer) => !created.includes(answer))) {
      expect([status, body.code]).toEqual([409, 'endpoint_limit_reached']);
    }
    const listed = await rest.call('GET', `${path}?limit=100`, { token });
    expect(listed.body.data).toHaveLength(50);

    await rest.call('DELETE', `${path}/${created[0]!.body.id}`, { token });
    expect((await post(elsewhere())).status).toBe(201);
    expect((await post(elsewhere())).status).toBe(409);
  });

  test('is another one from the next request on when the operator changes it', async () => {
    const { limits } = openStores(rest.table);
    await limits.set(tenantId, 'webhook_endpoints', 2);
    await Promise.all([post(elsewhere()), post(elsewhere())]);
    expect(await post(elsewhere())).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('at most 2 webhook endpoints') },
    });

    await limits.set(tenantId, 'webhook_endpoints', 3);
    expect((await post(elsewhere())).status).toBe(201);
    expect((await post(elsewhere())).body.detail).toContain('at most 3 webhook endpoints');

    await limits.set(tenantId, 'webhook_endpoints', undefined);
    expect((await post(elsewhere())).status).toBe(201);
  });

  test('does not count requests that crashed before they stored an endpoint', async () => {
    await Promise.all(Array.from({ length: 49 }, () => post(elsewhere())));
    breakNext = ({ constructor, input }) => constructor.name === 'PutCommand' && /^ENDPOINT#/.test(input.Item.sk);
    expect((await post(elsewhere())).status).toBe(500);

    const answers = await Promise.all([post(elsewhere()), post(elsewhere()), post(elsewhere())]);

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect((await rest.call('GET', `${path}?limit=100`, { token })).body.data).toHaveLength(50);
  });
});

describe('the limit of 10 endpoints with one host', () => {
  const patch = (id: string, body: unknown) => rest.call('PATCH', `${path}/${id}`, { token, body });
  const hostOfEach = async () => {
    const { body } = await rest.call('GET', `${path}?limit=100`, { token });
    return body.data.map(({ url }: any) => new URL(url).hostname);
  };

  test('is exact for 25 concurrent registrations however the host is written, and other hosts are free', async () => {
    const answers = await Promise.all(
      Array.from({ length: 25 }, (_, n) =>
        post({ ...valid, url: n % 2 === 0 ? `https://HOOKS.example.com/${n}` : `https://hooks.example.com./${n}` }),
      ),
    );

    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    for (const refused of answers.filter(({ status }) => status !== 201)) {
      expect(refused).toMatchObject({
        status: 409,
        body: {
          code: 'endpoint_limit_reached',
          detail: expect.stringContaining(
            'at most 10 webhook endpoints with one host, and hooks.example.com has as many',
          ),
        },
      });
    }
    expect(await hostOfEach()).toHaveLength(10);
    expect((await post(elsewhere())).status).toBe(201);
  });

  test('has room again as soon as one is deleted or gets another address', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 10; n += 1) ids.push((await post(valid)).body.id);
    expect((await post(valid)).status).toBe(409);

    await rest.call('DELETE', `${path}/${ids[0]}`, { token });
    expect((await post(valid)).status).toBe(201);
    expect((await post(valid)).status).toBe(409);
    expect((await patch(ids[1]!, { url: 'https://another.example.com/in' })).status).toBe(200);
    expect((await post(valid)).status).toBe(201);
  });

  test('holds for changes of the address too, also for several at once', async () => {
    for (let n = 0; n < 8; n += 1) await post(valid);
    const others = await Promise.all(Array.from({ length: 5 }, () => post(elsewhere())));

    const answers = await Promise.all(others.map(({ body }) => patch(body.id, { url: valid.url })));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 409, 409, 409]);
    expect((await hostOfEach()).filter((host: string) => host === 'hooks.example.com')).toHaveLength(10);
    const { body: full } = answers.find(({ status }) => status === 409)!;
    expect(full.code).toBe('endpoint_limit_reached');
  });

  test('does not hold up a change of path or rate at a host that is full', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 10; n += 1) ids.push((await post(valid)).body.id);

    expect((await patch(ids[0]!, { url: 'https://hooks.example.com/other', max_per_second: 5 })).status).toBe(200);
  });

  test('can be changed by the operator, and a lower one leaves what is there', async () => {
    const { limits } = openStores(rest.table);
    for (let n = 0; n < 3; n += 1) await post(valid);
    await limits.set(tenantId, 'endpoints_per_host', 2);
    expect((await post(valid)).status).toBe(409);
    expect(await hostOfEach()).toHaveLength(3);

    await limits.set(tenantId, 'endpoints_per_host', 4);
    expect((await post(valid)).status).toBe(201);
    expect((await post(valid)).body.detail).toContain('at most 4 webhook endpoints with one host');
  });

  test('forgets a request that died before it stored an endpoint after a minute', async () => {
    for (let n = 0; n < 9; n += 1) await post(valid);
    breakNext = ({ constructor, input }) => constructor.name === 'PutCommand' && /^ENDPOINT#/.test(input.Item.sk);
    expect((await post(valid)).status).toBe(500);

    expect((await post(valid)).status).toBe(409);
    rest.clock.set(addSeconds(noon, 61));
    expect((await post(valid)).status).toBe(201);
    expect((await post(valid)).status).toBe(409);
  });
});

describe('the rate of an endpoint', () => {
  test('is 10 a second unless it says otherwise, and can be changed', async () => {
    const { body: usual } = await post(valid);
    const { body: slow } = await post({ ...valid, max_per_second: 1 });
    expect([usual.max_per_second, slow.max_per_second]).toEqual([10, 1]);

    const changed = await rest.call('PATCH', `${path}/${slow.id}`, { token, body: { max_per_second: 50 } });

    expect(changed).toMatchObject({ status: 200, body: { max_per_second: 50 } });
    expect((await rest.call('GET', `${path}/${slow.id}`, { token })).body.max_per_second).toBe(50);
  });

  test.each([0, 51, 2.5, -1, '10', null])('cannot be %p', async (rate) => {
    expect(await post({ ...valid, max_per_second: rate })).toMatchObject({
      status: 422,
      body: { code: 'invalid_request', errors: [{ pointer: '#/max_per_second' }] },
    });
  });
});

describe('an Idempotency-Key', () => {
  const key = { 'idempotency-key': 'register-1' };

  test('makes a repeated request create one endpoint, and its secret is not shown again', async () => {
    const first = await post(valid, key);
    const again = await post(valid, key);

    const { secret: _secret, ...endpoint } = first.body;
    expect(again).toMatchObject({ status: 201, body: endpoint });
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect(again.body).not.toHaveProperty('secret');
    expect((await rest.call('GET', path, { token })).body.data).toHaveLength(1);
  });

  test('is refused for another request', async () => {
    await post(valid, key);

    expect(await post({ ...valid, events: ['*'] }, key)).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    });
  });

  test('can be used again after a refusal', async () => {
    expect((await post({ ...valid, url: 'https://localhost/' }, key)).status).toBe(422);
    expect((await post(valid, key)).status).toBe(201);
  });

  test.each([
    ['before the endpoint was stored', 'PutCommand', /^ENDPOINT#/, false],
    ['after the endpoint was stored, before the key knew', 'UpdateCommand', /^CLAIM/, true],
  ])('works again after a request that crashed %s', async (_when, commandName, sortKey, madeOne) => {
    breakNext = ({ constructor, input }) =>
      constructor.name === commandName && sortKey.test((input.Item ?? input.Key).sk);
    const died = await post(valid, key);
    expect([201, 500]).toContain(died.status);

    rest.clock.set(addSeconds(noon, 61));
    const again = await post(valid, key);

    expect(again.status).toBe(201);
    expect(again.headers['idempotent-replayed']).toBe(madeOne ? 'true' : undefined);
    expect((await rest.call('GET', path, { token })).body.data).toHaveLength(1);
  });

  const diesBeforeItIsNoted = () => {
    breakNext = ({ constructor, input }) => constructor.name === 'UpdateCommand' && input.Key.sk === 'CLAIM';
  };
  const remove = async () => {
    const { data } = (await rest.call('GET', path, { token })).body;
    for (const { id } of data) await rest.call('DELETE', `${path}/${id}`, { token });
  };

  test.each<[string, () => Promise<void>]>([
    [
      'was answered',
      async () => {
        await post(valid, key);
      },
    ],
    [
      'died before it noted the endpoint, and was repeated before the deletion',
      async () => {
        diesBeforeItIsNoted();
        await post(valid, key);
        rest.clock.set(addSeconds(noon, 61));
        expect((await post(valid, key)).headers['idempotent-replayed']).toBe('true');
      },
    ],
    [
      'died before it noted the endpoint, and was not repeated before the deletion',
      async () => {
        diesBeforeItIsNoted();
        await post(valid, key);
      },
    ],
  ])('of a request that %s gets 404 after its endpoint was deleted, and creates no second one', async (_how, make) => {
    await make();
    await remove();
    rest.clock.set(addSeconds(noon, 200));

    expect(await post(valid, key)).toMatchObject({ status: 404, body: { code: 'not_found' } });

    expect((await rest.call('GET', path, { token })).body.data).toEqual([]);
  });

  test('is completed once its endpoint was found, so the next retry does not read all endpoints', async () => {
    diesBeforeItIsNoted();
    await post(valid, key);
    rest.clock.set(addSeconds(noon, 61));
    await post(valid, key);
    breakNext = ({ constructor, input }) =>
      constructor.name === 'QueryCommand' && input.ExpressionAttributeValues[':prefix'] === 'ENDPOINT#';

    expect((await post(valid, key)).headers['idempotent-replayed']).toBe('true');

    expect(breakNext).toBeDefined();
  });
});

test('a test event returns its delivery, and its payload has the same limits as in a recipe', async () => {
  const { body: created } = await post(elsewhere());
  const accepted = await rest.call('POST', `${path}/${created.id}/test`, {
    token,
    body: { payload: { text: 'hello' } },
  });
  const tooLarge = await rest.call('POST', `${path}/${created.id}/test`, {
    token,
    body: { payload: { text: 'x'.repeat(20 * 1024) } },
  });

  expect(accepted).toMatchObject({
    status: 202,
    body: { id: expect.stringMatching(/^dlv_/), event: 'endpoint.test', run_id: null, status: 'pending' },
  });
  expect(accepted.headers).toMatchObject({
    location: `/api/v1/webhook-deliveries/${accepted.body.id}`,
    'retry-after': '1',
  });
  const message = { tenant_id: tenantId, delivery_id: accepted.body.id, attempts: 0 };
  expect(rest.queued).toContainEqual(expect.objectContaining(message));
  expect(tooLarge).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
});

test('an endpoint that is disabled, enabled and disabled again in one millisecond has each in the audit log', async () => {
  const { id } = (await post(valid)).body;

  for (const status of ['disabled', 'active', 'disabled'])
    await rest.call('PATCH', `${path}/${id}`, { token, body: { status } });

  const { body } = await rest.call('GET', '/api/v1/audit-events', { token });
  expect(body.data.map(({ action }: { action: string }) => action).sort()).toEqual([
    'endpoint.created',
    'endpoint.disabled',
    'endpoint.disabled',
    'endpoint.enabled',
  ]);
});

test('every change leaves an audit row without the path of the URL', async () => {
  const { body: created } = await post({ ...valid, url: 'https://hooks.example.com/services/receiversecret' });
  await rest.call('PATCH', `${path}/${created.id}`, { token, body: { events: ['*'] } });
  await rest.call('POST', `${path}/${created.id}/rotate-secret`, { token });
  await rest.call('POST', `${path}/${created.id}/test`, { token });
  await rest.call('PATCH', `${path}/${created.id}`, { token, body: { status: 'disabled' } });
  await rest.call('DELETE', `${path}/${created.id}`, { token });

  const { body } = await rest.call('GET', '/api/v1/audit-events', { token });
  expect(body.data.map(({ action }: any) => action).sort()).toEqual([
    'endpoint.created',
    'endpoint.deleted',
    'endpoint.disabled',
    'endpoint.secret_rotated',
    'endpoint.tested',
    'endpoint.updated',
  ]);
  expect(JSON.stringify(body)).not.toContain('receiversecret');
});
