import { ApiError } from '../../dashboard/src/api/api-error';
import { isSameRevision } from '../../dashboard/src/api/revision';
import { openCall, type ApiCredentials } from '../../dashboard/src/api/call';

const answers: Response[] = [];
let sent: Request[] = [];

beforeAll(() => {
  Object.assign(globalThis, {
    location: { origin: 'https://workflows.example.com' },
    fetch: (request: Request) => {
      sent.push(request);
      const answer = answers.shift();
      if (answer === undefined) throw new TypeError('Failed to fetch');
      return Promise.resolve(answer);
    },
  });
});
beforeEach(() => {
  answers.length = 0;
  sent = [];
});

const json = (status: number, body: unknown, type = 'application/json') =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': type } });

const problem = (status: number, code: string) =>
  json(
    status,
    { title: 'Refused', status, detail: 'Do this instead.', code, request_id: 'r1', errors: [] },
    'application/problem+json',
  );

function someCredentials(overrides: Partial<ApiCredentials> = {}): ApiCredentials {
  return {
    idToken: () => Promise.resolve('id-token'),
    renewToken: () => Promise.resolve(false),
    tenantId: () => undefined,
    ...overrides,
  };
}

test('a call sends the ID token, the tenant, the idempotency key and the body to its path', async () => {
  answers.push(json(202, { id: 7 }));
  const call = openCall(someCredentials({ tenantId: () => 'growth' }));

  const run = await call('POST workflows/{id}/runs', { id: 'a/b', body: { input: { n: 1 } }, idempotencyKey: 'once' });

  expect(run).toEqual({ id: 7 });
  const [request] = sent;
  expect(request?.url).toBe('https://workflows.example.com/api/v1/workflows/a%2Fb/runs');
  expect(Object.fromEntries(request?.headers ?? [])).toMatchObject({
    authorization: 'Bearer id-token',
    'x-tenant-id': 'growth',
    'idempotency-key': 'once',
    'content-type': 'application/json',
  });
  expect(await request?.text()).toBe('{"input":{"n":1}}');
});

test('what is read for a change carries its tag, and the change is tied to it', async () => {
  const read = new Response('{"id":7}', { headers: { etag: '"edit.1"' } });
  answers.push(read, json(200, { id: 7 }), json(200, { data: [] }));
  const call = openCall(someCredentials());

  const workflow = await call('GET workflows/{id}', { id: 7 });
  await call('PUT workflows/{id}', {
    id: 7,
    ifMatch: workflow.etag,
    body: { name: 'a', description: null, recipe: {} },
  });
  const list = await call('GET workflows', { query: {} });

  expect(workflow).toEqual({ id: 7, etag: '"edit.1"' });
  expect(sent.map((request) => request.headers.get('if-match'))).toEqual([null, '"edit.1"', null]);
  expect(list).toEqual({ data: [] });
});

test('a run changes the tag of its workflow, and is no edit of it', () => {
  expect(isSameRevision('"edit.1"', '"edit.2"')).toBe(true);
  expect(isSameRevision('"edit.1"', '"other.1"')).toBe(false);
  expect(isSameRevision('"edit.1"', undefined)).toBe(false);
});

test('filters that are not set are not sent', async () => {
  answers.push(json(200, { data: [], has_more: false, next_cursor: null }));

  await openCall(someCredentials())('GET workflow-runs', {
    query: { status: 'failed', channel: undefined, limit: 25 },
  });

  expect(sent[0]?.url).toBe('https://workflows.example.com/api/v1/workflow-runs?status=failed&limit=25');
});

test('a refusal is thrown with its code and a message that says what to do', async () => {
  answers.push(problem(429, 'daily_cap_reached'));

  const error: unknown = await openCall(someCredentials())('GET me', {}).catch((thrown: unknown) => thrown);

  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ code: 'daily_cap_reached', message: 'Do this instead.', isTransient: false });
});

test('after a 401 the call is sent once more with a renewed token, and not a third time', async () => {
  const tokens = ['old', 'new'];
  const renewals: string[] = [];
  const credentials = someCredentials({
    idToken: () => Promise.resolve(tokens.shift() ?? 'none'),
    renewToken: (refused) => {
      renewals.push(refused);
      return Promise.resolve(true);
    },
  });
  answers.push(problem(401, 'unauthenticated'), problem(401, 'unauthenticated'));

  await expect(openCall(credentials)('GET me', {})).rejects.toMatchObject({ code: 'unauthenticated' });

  expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer old', 'Bearer new']);
  expect(renewals).toEqual(['old']);
});

test.each([
  ['no response', undefined, 0],
  ['an HTML page instead of JSON', new Response('<html>', { status: 502 }), 502],
  ['throttling by the gateway', json(429, { message: 'Too Many Requests' }), 429],
])('%s is a transient error', async (_what, answer, status) => {
  if (answer !== undefined) answers.push(answer);

  const error: unknown = await openCall(someCredentials())('GET me', {}).catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({ problem: { code: 'unreachable', status }, isTransient: true });
});

test('a decision about an app goes to the authorization server, for the tenant that was chosen and not for that of the tab', async () => {
  answers.push(json(200, { location: '/oauth/authorize/abc' }));
  const call = openCall(someCredentials({ tenantId: () => 'growth' }));

  const outcome = await call('POST /oauth/interaction/{uid}/decision', {
    uid: '../x',
    tenantId: 'pro',
    body: { decision: 'deny' },
  });

  expect(outcome).toEqual({ location: '/oauth/authorize/abc' });
  expect(sent[0]?.url).toBe('https://workflows.example.com/oauth/interaction/..%2Fx/decision');
  expect(sent[0]?.headers.get('x-tenant-id')).toBe('pro');
});
