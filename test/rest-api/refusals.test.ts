import { capOf } from '../../functions/domain/tenant/tenant';
import { newToken } from '../../functions/domain/tenant/token';
import { aLog, aRecipe, noon } from '../support/builders';
import type { Answer, Call } from '../support/http-calls';
import { startRest, type Rest } from '../support/rest';

jest.setTimeout(60_000);

let rest: Rest;
let token: string;
let tenantId: string;

beforeAll(async () => {
  rest = await startRest();
});

afterAll(() => rest.stop());

beforeEach(async () => {
  rest.clock.set(noon);
  ({ id: tenantId, token } = await rest.aTenant());
  await rest.aWorkflow(tenantId);
});

const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
const runsPath = '/api/v1/workflows/1/runs';

/** The problem without its request id, which is checked here. */
function problemOf({ status, headers, body }: Answer) {
  const { request_id, ...problem } = body;
  expect(request_id).toMatch(/^request-\d+$/);
  expect(headers['x-request-id']).toBe(request_id);
  expect(headers['content-type']).toBe('application/problem+json');
  expect(problem.status).toBe(status);
  expect(problem.type).toBe(`${reference}#${problem.code}`);
  return problem;
}

/** The page on which people find what a code means. */
const reference = 'https://workflows.example.com/api/v1/reference';
const post = (path: string, call: Call = {}) => rest.call('POST', path, { token, ...call });
const json = { 'content-type': 'application/json' };

describe('a request to an unknown path or method', () => {
  it.each([
    '/',
    '/api/v1',
    '/api/v1/',
    '/api/v1/workflow',
    '/api/v1/workflows/',
    '/api/v2/workflows',
    '/api/v1/workflows/1/runs/1',
  ])('is answered 404, even without a token: %s', async (path) => {
    expect(problemOf(await rest.call('GET', path))).toEqual({
      type: `${reference}#not_found`,
      title: 'Not found',
      status: 404,
      detail: 'No such path. GET /api/v1/openapi.json lists them all.',
      code: 'not_found',
      errors: [],
    });
  });

  it.each([
    ['DELETE', '/api/v1/workflows', 'GET, HEAD, POST'],
    ['POST', '/api/v1/workflows/1', 'GET, HEAD, PUT, PATCH'],
    ['DELETE', '/api/v1/workflow-runs/1', 'GET, HEAD'],
    ['GET', runsPath, 'POST'],
    ['OPTIONS', '/api/v1/me', 'GET, HEAD'],
  ])('is answered 405 with the allowed methods: %s %s', async (method, path, allow) => {
    const answer = await rest.call(method, path, { token });

    expect(answer.headers['allow']).toBe(allow);
    expect(problemOf(answer)).toMatchObject({
      status: 405,
      code: 'method_not_allowed',
      detail: `This path answers ${allow} only.`,
    });
  });
});

describe('an unauthenticated caller', () => {
  it('gets the same 401, whatever is wrong with the token', async () => {
    const { id: other } = await rest.aTenant();
    const past = noon.toISOString();
    const answers = [
      await rest.call('GET', '/api/v1/workflows'),
      await rest.call('GET', '/api/v1/workflows', { headers: { authorization: '' } }),
      await rest.call('GET', '/api/v1/workflows', { headers: { authorization: token } }),
      await rest.call('GET', '/api/v1/workflows', { headers: { authorization: `Basic ${token}` } }),
      await rest.call('GET', '/api/v1/workflows', { token: 'made-up' }),
      await rest.call('GET', '/api/v1/workflows', { token: `${token.slice(0, -1)}${token.endsWith('a') ? 'b' : 'a'}` }),
      await rest.call('GET', '/api/v1/workflows', { token: newToken('pat') }),
      await rest.call('GET', '/api/v1/workflows', { token: newToken('mcp') }),
      await rest.call('GET', '/api/v1/workflows', {
        token: await rest.aToken(other, { kind: 'mcp', scopes: ['mcp'] }),
      }),
      await rest.call('GET', '/api/v1/workflows', { token: await rest.aToken(other, { revoked_at: past }) }),
      await rest.call('GET', '/api/v1/workflows', { token: await rest.aToken(other, { expires_at: past }) }),
      await rest.call('GET', '/api/v1/workflows', { token: 'aaaa.bbbb.cccc' }),
    ];

    const seen = answers.map((answer) => {
      const { 'x-request-id': _id, ...headers } = answer.headers;
      return { status: answer.status, headers, problem: problemOf(answer) };
    });
    expect(seen[0]).toEqual({
      status: 401,
      headers: {
        'content-type': 'application/problem+json',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'www-authenticate': 'Bearer',
      },
      problem: {
        type: `${reference}#unauthenticated`,
        title: 'Not authenticated',
        status: 401,
        detail: 'Send a valid access token as "Authorization: Bearer <token>".',
        code: 'unauthenticated',
        errors: [],
      },
    });
    for (const one of seen) expect(one).toEqual(seen[0]);
  });

  it('is one whose token has expired, or was revoked more than 10 seconds ago', async () => {
    const expiring = await rest.aToken(tenantId, { expires_at: '2026-11-22T12:00:05.000Z' });
    const revoked = await rest.aToken(tenantId, { id: 'tok_revoked' });
    expect(await rest.call('GET', '/api/v1/me', { token: expiring })).toMatchObject({ status: 200 });
    expect(await rest.call('GET', '/api/v1/me', { token: revoked })).toMatchObject({ status: 200 });

    await rest.deps.tokens.revoke(tenantId, 'tok_revoked', noon.toISOString());
    rest.clock.advance(5);
    expect(await rest.call('GET', '/api/v1/me', { token: expiring })).toMatchObject({ status: 401 });
    rest.clock.advance(5);
    expect(await rest.call('GET', '/api/v1/me', { token: revoked })).toMatchObject({ status: 401 });
  });

  it('can read the public routes', async () => {
    expect(await rest.call('GET', '/api/v1/health')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await rest.call('GET', '/api/v1/health', { token: 'made-up' })).toMatchObject({ status: 200 });
  });
});

describe('a body', () => {
  it.each([
    ['{"input": ', 'The body is not valid JSON in UTF-8.'],
    ['{"input": {}} x', 'The body is not valid JSON in UTF-8 (at position 14).'],
    [Buffer.from([0x22, 0xff, 0x22]), 'The body is not valid JSON in UTF-8.'],
    ['[' + '['.repeat(150) + ']'.repeat(150) + ']', 'The body nests deeper than 100 levels.'],
    [`{"input": ${'['.repeat(100_000)}`, 'The body is not valid JSON in UTF-8.'],
    ['{"input": {"a": "\\ud800"}}', 'The body holds half of a character (a lone surrogate), which no UTF-8 has.'],
    ['{"\\udc00": 1}', 'The body holds half of a character (a lone surrogate), which no UTF-8 has.'],
  ])('that is malformed is answered 400 without quoting it: %#', async (rawBody, detail) => {
    expect(problemOf(await post(runsPath, { rawBody, headers: json }))).toMatchObject({
      status: 400,
      code: 'malformed_json',
      title: 'Malformed JSON',
      detail,
    });
  });

  it.each([
    undefined,
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/jsonx',
    'application/xml',
    'application/json,application/json',
    'application/a+b,application/c+json',
  ])('of type %s is answered 415', async (type) => {
    const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };

    expect(problemOf(await post(runsPath, { rawBody: '{}', headers }))).toMatchObject({
      status: 415,
      code: 'unsupported_media_type',
      detail: 'Send the body as JSON with "Content-Type: application/json".',
    });
  });

  it.each([
    'charset=utf-16',
    'charset=iso-8859-1',
    'charset="windows-1252"',
    'CHARSET=UTF-7',
    'charset=utf-8; charset=utf-8',
    'charset=utf-8; charset=utf-16',
    'charset',
    'charset=',
    'charset="utf-8',
    'charset=utf-8,application/json',
  ])('in another charset than UTF-8, or one that cannot be told, is answered 415: %s', async (parameter) => {
    const headers = { 'content-type': `application/json; ${parameter}` };

    expect(problemOf(await post(runsPath, { rawBody: '{}', headers }))).toMatchObject({
      status: 415,
      code: 'unsupported_media_type',
      detail: 'Send the body in UTF-8, with "Content-Type: application/json" and no other charset.',
    });
  });

  it.each([
    'application/json',
    'Application/JSON; charset=utf-8',
    'application/json;charset="UTF-8"',
    'application/json; charset = utf8',
    'application/json; profile="a; charset=utf-16"; charset=utf-8',
    'application/json; q=1;',
    'application/vnd.acme+json',
  ])('of type %s is accepted', async (type) => {
    expect(await post(runsPath, { rawBody: '{}', headers: { 'content-type': type } })).toMatchObject({ status: 202 });
  });

  it('that is empty counts as {} and needs no content type', async () => {
    expect(await post(runsPath)).toMatchObject({ status: 202, body: { input: {} } });
    expect(await post(runsPath, { rawBody: '', headers: { 'content-type': 'text/plain' } })).toMatchObject({
      status: 202,
    });
  });

  it('may have 256 KB, and not a byte more', async () => {
    const sized = (bytes: number) => `{}${' '.repeat(bytes - 2)}`;

    expect(await post(runsPath, { rawBody: sized(262_144), headers: json })).toMatchObject({ status: 202 });
    expect(problemOf(await post(runsPath, { rawBody: sized(262_145), headers: json }))).toMatchObject({
      status: 413,
      code: 'payload_too_large',
      detail: 'The body has 262145 bytes; at most 262144 are accepted.',
    });
  });

  it.each([
    ['[]', '#', 'invalid_type', 'Must be an object.'],
    ['null', '#', 'invalid_type', 'Must be an object.'],
    ['{"inputs": {}}', '#/inputs', 'unrecognized_keys', 'Unknown key; remove it.'],
    ['{"input": []}', '#/input', 'invalid_type', 'Must be an object.'],
    ['{"input": "Spring"}', '#/input', 'invalid_type', 'Must be an object.'],
    ['{"input": null}', '#/input', 'invalid_type', 'Must be an object.'],
    ['{"__proto__": {}}', '#/__proto__', 'unrecognized_keys', 'Unknown key; remove it.'],
  ])('of a trigger that is %s is answered 422 with a pointer', async (rawBody, pointer, code, detail) => {
    expect(problemOf(await post(runsPath, { rawBody, headers: json }))).toEqual({
      type: `${reference}#invalid_request`,
      title: 'Invalid request',
      status: 422,
      code: 'invalid_request',
      detail: `The request is not valid. First: ${pointer}: ${detail}`,
      errors: [{ pointer, code, detail }],
    });
  });

  it('with an input over 32 KB is answered 422 at #/input', async () => {
    const withInput = (bytes: number) => ({ body: { input: { a: 'x'.repeat(bytes - 8) } } });

    expect(await post(runsPath, withInput(32_768))).toMatchObject({ status: 202 });
    expect(problemOf(await post(runsPath, withInput(32_769)))).toMatchObject({
      status: 422,
      errors: [
        {
          pointer: '#/input',
          code: 'too_big',
          detail: 'The input is 32769 bytes as JSON; at most 32768 are allowed.',
        },
      ],
    });
  });
});

describe('a plan', () => {
  it('that does not include REST is answered 403 on every route, and never with the cap', async () => {
    for (const [plan, instead] of [
      ['starter', ''],
      ['growth', '; on Growth, run workflows from the dashboard or over MCP'],
    ] as const) {
      const outside = await rest.aTenant({ plan, ...capOf(plan), used_by_day: { '2026-11-22': 1000 } });
      await rest.aWorkflow(outside.id);
      for (const [method, path] of [
        ['POST', runsPath],
        ['POST', `${runsPath}?dry_run=true`],
        ['POST', '/api/v1/workflow-runs/1/rerun'],
        ['POST', '/api/v1/workflow-runs/1/cancel'],
        ['GET', '/api/v1/workflow-runs'],
        ['GET', '/api/v1/workflows'],
        ['GET', '/api/v1/usage'],
        ['GET', '/api/v1/me'],
      ] as const) {
        expect(problemOf(await rest.call(method, path, { token: outside.token }))).toMatchObject({
          status: 403,
          code: 'plan_required',
          title: 'Plan required',
          detail: `The REST API needs the Pro plan or above${instead}. This tenant is on ${plan}.`,
        });
      }
    }
  });
});

describe('a missing scope', () => {
  it.each([
    ['GET', '/api/v1/workflows', 'workflows:read'],
    ['GET', '/api/v1/workflow-runs/1', 'workflows:read'],
    ['POST', '/api/v1/recipes/validate', 'workflows:read'],
    ['POST', `${runsPath}?dry_run=true`, 'workflows:read'],
    ['POST', runsPath, 'workflows:run'],
    ['POST', `${runsPath}?dry_run=false`, 'workflows:run'],
    ['POST', '/api/v1/workflow-runs/1/cancel', 'workflows:run'],
    ['POST', '/api/v1/workflow-runs/1/rerun', 'workflows:run'],
    ['POST', '/api/v1/workflows', 'workflows:write'],
    ['PUT', '/api/v1/workflows/1', 'workflows:write'],
    ['PATCH', '/api/v1/workflows/1', 'workflows:write'],
  ] as const)('is answered 403 with its name: %s %s needs %s', async (method, path, scope) => {
    const every = ['workflows:read', 'workflows:run', 'workflows:write', 'webhooks:read', 'webhooks:write'] as const;
    const without = await rest.aToken(tenantId, { scopes: every.filter((one) => one !== scope) });

    expect(problemOf(await rest.call(method, path, { token: without }))).toMatchObject({
      status: 403,
      code: 'insufficient_scope',
      detail: `This token lacks the scope ${scope}; issue one that has it.`,
    });
  });

  it('is impossible for me and usage, which any token may read', async () => {
    const bare = await rest.aToken(tenantId, { scopes: [] });

    expect(await rest.call('GET', '/api/v1/me', { token: bare })).toMatchObject({ status: 200 });
    expect(await rest.call('GET', '/api/v1/usage', { token: bare })).toMatchObject({ status: 200 });
  });
});

describe('an id that does not exist', () => {
  it.each(['0', '2', '-1', 'one', '1.0', '01', '99999999999', '%31', 'constructor', '__proto__'])(
    'is not found, whatever its form: %s',
    async (id) => {
      for (const [method, path] of [
        ['GET', `/api/v1/workflows/${id}`],
        ['POST', `/api/v1/workflows/${id}/runs`],
        ['GET', `/api/v1/workflow-runs/${id}`],
        ['POST', `/api/v1/workflow-runs/${id}/rerun`],
      ] as const) {
        expect(problemOf(await rest.call(method, path, { token }))).toMatchObject({ status: 404, code: 'not_found' });
      }
    },
  );

  it('may have any number of digits', async () => {
    expect(await rest.call('GET', '/api/v1/workflows/1', { token })).toMatchObject({ status: 200, body: { id: 1 } });
  });
});

describe('an inactive workflow', () => {
  it('is answered 409 for a trigger, a dry run and a rerun', async () => {
    await post(runsPath);
    await rest.call('PATCH', '/api/v1/workflows/1', { token, body: { active: false } });

    for (const path of [runsPath, `${runsPath}?dry_run=true`, '/api/v1/workflow-runs/1/rerun']) {
      expect(problemOf(await post(path))).toMatchObject({
        status: 409,
        code: 'workflow_inactive',
        title: 'Workflow is not active',
        detail: 'Workflow 1 is not active; activate it, then run it.',
      });
    }
  });
});

describe('a recipe', () => {
  const faulty: [string, unknown, string[]][] = [
    ['recipe_too_large', { steps: times(51, () => aLog()) }, ['/steps']],
    ['step_type_not_allowed', { steps: [{ type: 'shell' }] }, ['/steps/0/type']],
    ['invalid_recipe', { steps: [{ type: 'delay', seconds: 31 }] }, ['/steps/0/seconds']],
    ['invalid_recipe', null, ['']],
    ['invalid_recipe', { steps: [aLog('')], a: 1 }, ['/steps/0/message', '/a']],
    [
      'recipe_too_large',
      { steps: [{ type: 'delay', seconds: 0 }, { type: 'shell' }, ...times(49, () => aLog())] },
      ['/steps', '/steps/1/type', '/steps/0/seconds'],
    ],
  ];

  it.each(faulty)(
    'is refused with %s when it is written, with pointers into the request body: %#',
    async (code, recipe, places) => {
      for (const [method, path] of [
        ['POST', '/api/v1/workflows'],
        ['PUT', '/api/v1/workflows/1'],
      ] as const) {
        const problem = problemOf(await rest.call(method, path, { token, body: { name: 'X', recipe } }));

        expect(problem).toMatchObject({ status: 422, code });
        expect(problem.errors.map(({ pointer }: any) => pointer)).toEqual(places.map((place) => `#/recipe${place}`));
      }
    },
  );

  it.each(faulty.slice(0, 3))(
    'is refused with %s in the same way when it is validated: %#',
    async (code, recipe, places) => {
      const problem = problemOf(await post('/api/v1/recipes/validate', { body: recipe }));

      expect(problem).toMatchObject({ status: 422, code });
      expect(problem.errors.map(({ pointer }: any) => pointer)).toEqual(places.map((place) => `#${place}`));
    },
  );

  it.each(faulty.slice(0, 3))(
    'that was stored without validation is refused with %s by a dry run: %#',
    async (code, recipe) => {
      const { id } = await rest.aWorkflow(tenantId, { recipe });

      expect(problemOf(await post(`/api/v1/workflows/${id}/runs?dry_run=true`))).toMatchObject({ status: 422, code });
    },
  );

  it('is checked first; other faults of the body are reported once the recipe is valid', async () => {
    const body = { name: 5, recipe: { steps: [] } };
    const mended = { ...body, recipe: aRecipe() };

    expect(problemOf(await post('/api/v1/workflows', { body }))).toMatchObject({ code: 'invalid_recipe' });
    expect(problemOf(await post('/api/v1/workflows', { body: mended }))).toMatchObject({
      code: 'invalid_request',
      errors: [{ pointer: '#/name', code: 'invalid_type', detail: 'Must be a string.' }],
    });
  });

  it('and a name are reported together if both are missing', async () => {
    expect(problemOf(await post('/api/v1/workflows', { body: {} }))).toMatchObject({
      code: 'invalid_request',
      errors: [
        { pointer: '#/name', detail: 'Required: a string.' },
        { pointer: '#/recipe', detail: 'Required.' },
      ],
    });
  });

  it('of a tenant without authoring is answered 403, whatever it contains', async () => {
    const reader = await rest.aTenant({ authoring: false });
    await rest.aWorkflow(reader.id);

    for (const [method, path, body] of [
      ['POST', '/api/v1/workflows', { name: 'X', recipe: {} }],
      ['PUT', '/api/v1/workflows/1', { name: 'X', recipe: aRecipe() }],
      ['PATCH', '/api/v1/workflows/1', { active: false }],
    ] as const) {
      expect(problemOf(await rest.call(method, path, { token: reader.token, body }))).toMatchObject({
        status: 403,
        code: 'permission_required',
        detail:
          'This tenant does not author its own recipes; ask support to write or change one, or to switch authoring on.',
      });
    }
  });
});

describe('a header that is sent twice', () => {
  it('with the same key starts no run, because it could be one key or another', async () => {
    const refused = problemOf(await post(runsPath, { headers: { 'idempotency-key': 'nightly,nightly' } }));

    expect(refused).toMatchObject({
      status: 422,
      code: 'invalid_request',
      errors: [
        {
          header: 'Idempotency-Key',
          code: 'invalid_idempotency_key',
          detail: 'Send this header once. A key has no comma, because a header that is sent twice arrives with one.',
        },
      ],
    });
    expect((await rest.call('GET', '/api/v1/workflow-runs', { token })).body.data).toEqual([]);
  });

  it('with the same token opens nothing', async () => {
    const headers = { authorization: `Bearer ${token},Bearer ${token}` };

    expect(problemOf(await rest.call('GET', '/api/v1/me', { headers }))).toMatchObject({ status: 401 });
  });
});

describe('an Idempotency-Key', () => {
  it.each(['""', 'x'.repeat(256)])('that is empty or too long is answered 422', async (key) => {
    expect(problemOf(await post(runsPath, { headers: { 'idempotency-key': key } }))).toMatchObject({
      status: 422,
      code: 'invalid_request',
      errors: [
        {
          header: 'Idempotency-Key',
          code: 'invalid_idempotency_key',
          detail: 'Must be 1 to 255 printable ASCII characters without a comma.',
        },
      ],
    });
  });

  it('that was used for another request is answered 422', async () => {
    const headers = { 'Idempotency-Key': 'k' };
    await post(runsPath, { headers });

    expect(problemOf(await post(runsPath, { headers, body: { input: { other: 1 } } }))).toMatchObject({
      status: 422,
      code: 'idempotency_key_reused',
      title: 'Idempotency key reused',
      detail: 'This Idempotency-Key was used for another request in the last 24 hours; use a new key.',
    });
  });
});

describe('the daily cap', () => {
  it('is answered 429 with "Daily workflow cap reached", when it resets and how to raise it', async () => {
    const { id, token: capped } = await rest.aTenant({ plan: 'custom', ...capOf('custom', 1) });
    await rest.aWorkflow(id);
    await post(runsPath, { token: capped });
    rest.clock.advance(0.5);

    const answer = await post(runsPath, { token: capped });

    expect(problemOf(answer)).toEqual({
      type: `${reference}#daily_cap_reached`,
      title: 'Daily workflow cap reached',
      status: 429,
      code: 'daily_cap_reached',
      detail:
        '1 of 1 runs of 2026-11-22 (UTC) are used; nothing was started. The cap resets at 2026-11-23T00:00:00.000Z. ' +
        'To raise it, upgrade the plan or write to support@acme.example.',
      errors: [],
      resets_at: '2026-11-23T00:00:00.000Z',
    });
    expect(answer.headers).toMatchObject({
      'retry-after': '43200',
      ratelimit: '"daily-runs";r=0;t=43200',
      'ratelimit-policy': '"daily-runs";q=1;w=86400',
    });
  });
});

describe('an internal error', () => {
  it('of AWS is answered 503 without a word about AWS', async () => {
    const failing = await startRest((table) => ({
      ...table,
      client: Object.assign(Object.create(table.client), {
        send: () => Promise.reject(Object.assign(new Error('secret arn:aws:…'), { name: 'Throttling', $metadata: {} })),
      }),
    }));
    const { token: any } = await failing.aTenant();

    const answer = await failing.call('GET', '/api/v1/workflows', { token: any });
    await failing.stop();

    expect(problemOf(answer)).toEqual({
      type: `${reference}#unavailable`,
      title: 'Temporarily unavailable',
      status: 503,
      code: 'unavailable',
      detail: 'The service could not answer just now; try again.',
      errors: [],
    });
    expect(answer.headers['retry-after']).toBe('2');
    expect(failing.logged).toContainEqual(
      expect.objectContaining({ event: 'request_refused', code: 'unavailable', error: 'Throttling: secret arn:aws:…' }),
    );
  });

  it('of the product’s code is answered 500 without its message', async () => {
    const failing = await startRest((table) => ({
      ...table,
      client: Object.assign(Object.create(table.client), {
        send: () => Promise.reject(new TypeError('x of undefined')),
      }),
    }));
    const { token: any } = await failing.aTenant();

    const answer = await failing.call('GET', '/api/v1/workflows', { token: any });
    await failing.stop();

    expect(problemOf(answer)).toMatchObject({
      status: 500,
      code: 'internal',
      detail: 'Something went wrong on our side; the request id identifies it.',
    });
    expect(JSON.stringify(answer.body)).not.toContain('undefined');
  });
});

describe('the order of checks', () => {
  /** The first request has every fault; each further one corrects one of them. */
  it('is path, method, caller, type, size, JSON, scope, plan, replay, shape, existence, state, cap', async () => {
    const growth = await rest.aTenant({ plan: 'growth' });
    const pro = await rest.aTenant({ plan: 'custom', ...capOf('custom', 1) });
    await rest.aWorkflow(pro.id);
    await rest.aWorkflow(pro.id, { active: false });
    await post(runsPath, { token: pro.token, headers: { 'idempotency-key': 'used' } });
    const unscoped = await rest.aToken(growth.id, { scopes: [] });
    const bad = { rawBody: '['.repeat(300_000), headers: { 'content-type': 'text/plain' } };
    const tooMuch = { rawBody: bad.rawBody, headers: json };
    const malformed = { rawBody: '{', headers: json };
    const faulty = { body: { input: 5 } };
    const withKey = { headers: { 'idempotency-key': 'used' } };
    const asked: [string, string, Call, string][] = [
      ['GET', '/api/v1/nowhere', bad, 'not_found'],
      ['GET', '/api/v1/workflows/9/runs', bad, 'method_not_allowed'],
      ['POST', '/api/v1/workflows/9/runs', bad, 'unauthenticated'],
      ['POST', '/api/v1/workflows/9/runs', { token: unscoped, ...bad }, 'unsupported_media_type'],
      ['POST', '/api/v1/workflows/9/runs', { token: unscoped, ...tooMuch }, 'payload_too_large'],
      ['POST', '/api/v1/workflows/9/runs', { token: unscoped, ...malformed }, 'malformed_json'],
      ['POST', '/api/v1/workflows/9/runs', { token: unscoped, ...faulty }, 'insufficient_scope'],
      ['POST', '/api/v1/workflows/9/runs', { token: growth.token, ...faulty }, 'plan_required'],
      ['POST', '/api/v1/workflows/9/runs', { token: pro.token, ...faulty, ...withKey }, 'idempotency_key_reused'],
      ['POST', '/api/v1/workflows/9/runs', { token: pro.token, ...faulty }, 'invalid_request'],
      ['POST', '/api/v1/workflows/9/runs', { token: pro.token }, 'not_found'],
      ['POST', '/api/v1/workflows/2/runs', { token: pro.token }, 'workflow_inactive'],
      ['POST', '/api/v1/workflows/1/runs', { token: pro.token }, 'daily_cap_reached'],
    ];

    for (const [method, path, call, code] of asked) {
      expect(problemOf(await rest.call(method, path, call))).toMatchObject({ code });
    }
    expect(await post(runsPath, { token: pro.token, ...withKey })).toMatchObject({ status: 202, body: { id: 1 } });
  });
});
