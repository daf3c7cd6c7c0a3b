import fc from 'fast-check';
import { problems } from '../../functions/edge/http/problem';
import { times } from '../properties/check';
import { aRecipe } from '../support/builders';
import type { Answer, Call } from '../support/http-calls';
import { sampled } from '../support/sample';
import { operationsOf, type Operation } from '../support/document/operations';
import { startRest, type Rest } from '../support/rest';
import { createPagedTenantData, type Ids } from '../support/tenant-data';
import { revealsNothing } from './betrays-nothing';
import { fromSchema, oddJson, oddText } from './from-schema';

jest.setTimeout(120_000);

let rest: Rest;
let operations: Operation[];
let caller: { id: string; token: string };
let ids: Ids;

beforeAll(async () => {
  rest = await startRest();
  const { document } = rest;
  operations = operationsOf(document);
  caller = await rest.aTenant({ plan: 'custom' });
  ids = await createPagedTenantData(rest, caller, 'fuzzed');
});
afterAll(() => rest.stop());

interface Request {
  readonly method: string;
  readonly target: string;
  readonly call: Omit<Call, 'token'>;
  readonly door: 'token' | 'member' | 'nobody';
}

const mediaTypes = [
  'application/json',
  'application/json; charset=utf-8',
  'application/problem+json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/',
  ';',
  '',
  'application/json, application/json',
];
const mediaType = fc.oneof(
  { weight: 6, arbitrary: fc.constant('application/json') },
  { weight: 1, arbitrary: fc.constantFrom(...mediaTypes) },
);
const rawBodies = [
  '{',
  '{"a":1}}',
  '"text',
  '\u0000',
  'null',
  '[]',
  '1',
  '{"a":1,"a":2}',
  '{"__proto__":{"x":1}}',
  'a=1&b=2',
  '['.repeat(60_000),
  `{"input":{"x":"${'y'.repeat(300_000)}"}}`,
];
const rawBody = fc.oneof(
  fc.constantFrom<string | Buffer>(...rawBodies, Buffer.from([0xff, 0xfe, 0x7b]), Buffer.from('\ufeff{}')),
  oddJson.map((value) => JSON.stringify(value)),
);
const door = fc.oneof(
  { weight: 5, arbitrary: fc.constant('member' as const) },
  { weight: 3, arbitrary: fc.constant('token' as const) },
  { weight: 1, arbitrary: fc.constant('nobody' as const) },
);
// Escaped as an HTTP library does it, and unescaped as a client without a library may send it.
const onTheWire = (text: string) => encodeURIComponent(Buffer.from(text).toString());
const unescaped = fc.constantFrom('%', '%zz', '&&==', 'a=b=c', '%00=%00', '+', 'limit', 'limit=1&limit=2', ';');

function pathOf(path: string): fc.Arbitrary<string> {
  const parts = path.split('/').map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) return fc.constant(part);
    const own = fc.constant(null).map(() => ids[name as keyof Ids]);
    const odd = fc.oneof(
      oddText.map(onTheWire),
      fc.constantFrom('0', '01', '1.0', '-1', '1e3', '99999999999999999999', '%2e%2e', '１'),
    );
    return fc.oneof({ weight: 6, arbitrary: own }, { weight: 2, arbitrary: odd.filter((text) => text !== '') });
  });
  return fc.tuple(...parts).map((filled) => filled.join('/'));
}

function queryOf(parameters: Operation['parameters']): fc.Arbitrary<string> {
  const known = parameters
    .filter((one) => one.in === 'query')
    .map(({ name, schema }) =>
      fromSchema(schema).map(
        (value) => `${name}=${onTheWire(typeof value === 'string' ? value : JSON.stringify(value))}`,
      ),
    );
  const odd = fc.oneof(
    fc.tuple(oddText, oddText).map((pair) => pair.map(onTheWire).join('=')),
    unescaped,
  );
  const some = known.length === 0 ? fc.constant<string[]>([]) : fc.array(fc.oneof(...known), { maxLength: 3 });
  return fc
    .tuple(some, fc.oneof({ weight: 5, arbitrary: fc.constant<string[]>([]) }, fc.array(odd, { maxLength: 2 })))
    .map((both) => both.flat().join('&'));
}

const oddTags = fc.oneof(
  oddText,
  fc.constantFrom('*', '"x"', 'W/"x"', 'w/"x"', '"a,b" , ,"c"', '"'),
  fc
    .array(
      oddText.map((text) => `"${text}"`),
      { maxLength: 60 },
    )
    .map((tags) => tags.join()),
);

function requestOf(operation: Operation): fc.Arbitrary<Request> {
  const schema = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  const body = fc.oneof(
    { weight: 6, arbitrary: fromSchema(schema ?? {}).map((value) => JSON.stringify(value)) },
    { weight: 2, arbitrary: rawBody },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
  const headers = fc.record(
    {
      'content-type': mediaType,
      'idempotency-key': oddText,
      'if-match': oddTags,
      'if-none-match': oddTags,
      'x-tenant-id': oddText,
      'content-length': oddText,
      accept: oddText,
      origin: oddText,
    },
    { requiredKeys: ['content-type'] },
  );
  return fc
    .record({ path: pathOf(operation.path), query: queryOf(operation.parameters), body, headers, door })
    .map((drawn) => ({
      method: operation.method,
      target: drawn.query === '' ? drawn.path : `${drawn.path}?${drawn.query}`,
      call: { headers: drawn.headers, ...(drawn.body !== undefined && { rawBody: drawn.body }) },
      door: drawn.door,
    }));
}

async function send({ method, target, call, door: by }: Request): Promise<Answer> {
  const token = { token: caller.token, member: rest.aMember(caller.id), nobody: undefined }[by];
  return rest.call(method, target, { ...call, ...(token !== undefined && { token }) });
}

/** Checks what `rest.call` does not: it has already compared shape, status and code with openapi.json. */
function expectCleanResponse({ status, headers, body }: Answer, method: string): void {
  expect(status).toBeGreaterThanOrEqual(200);
  expect(status).toBeLessThan(500);
  expect(headers).toMatchObject({ 'x-request-id': expect.any(String), 'x-content-type-options': 'nosniff' });
  if (status < 400) return;
  expect(headers['content-type']).toBe('application/problem+json');
  if (method === 'HEAD') {
    expect(body).toBeUndefined();
    return;
  }
  const problem = problems[body.code as keyof typeof problems];
  expect(body).toEqual({
    type: `https://workflows.example.com/api/v1/reference#${body.code}`,
    title: problem.title,
    status: problem.status,
    detail: expect.stringMatching(/\S/),
    code: body.code,
    request_id: headers['x-request-id'],
    errors: expect.any(Array),
    ...(body.resets_at !== undefined && { resets_at: expect.any(String) }),
  });
  expect(status).toBe(problem.status);
  expect(revealsNothing(JSON.stringify(body))).toBe(true);
}

/** Requests that random generation makes too rarely: a creation, a start and a body that is too large. */
const certainBodies: Readonly<Record<string, readonly string[]>> = {
  createWorkflow: [JSON.stringify({ name: 'Made', recipe: aRecipe() }), `{"x":"${'y'.repeat(300_000)}"}`],
  triggerRun: ['{}'],
};

function certainRequests({ operationId, method, path }: Operation): Request[] {
  const target = path.replaceAll(/\{(\w+)\}/g, (_, name: keyof Ids) => ids[name]);
  const headers = { 'content-type': 'application/json' };
  return (certainBodies[operationId] ?? []).map((body) => ({
    method,
    target,
    call: { headers, rawBody: body },
    door: 'token',
  }));
}

test('every operation of openapi.json responds to any request without a 5xx and without internals', async () => {
  const statuses = new Set<number>();
  const sendAndCheck = async (request: Request) => {
    const answer = await send(request);
    statuses.add(answer.status);
    expectCleanResponse(answer, request.method);
  };
  // These come first, because a generated request may deactivate the workflow.
  for (const request of operations.flatMap(certainRequests)) await sendAndCheck(request);
  for (const operation of operations) {
    await fc.assert(fc.asyncProperty(requestOf(operation), sendAndCheck), times(sampled({ whole: 14, sample: 5 })));
  }
  // Checks that the generated requests got past authentication and reached every kind of response.
  expect([...statuses]).toEqual(expect.arrayContaining([200, 201, 202, 400, 401, 404, 413, 415, 422]));
});

test('unknown paths and methods are refused without a 5xx and without internals', async () => {
  const path = fc.oneof(
    oddText.map((text) => `/${onTheWire(text)}`),
    fc.constantFrom(
      '/',
      '',
      '//',
      '/api',
      '/api/v1',
      '/api/v1/',
      '/api/v1/workflows/',
      '/api/v1/workflows//',
      '/api/v2/workflows',
      '/api/v1/workflows/1/runs/1',
      '/API/V1/WORKFLOWS',
      '/api/v1/../v1/me',
      '/api/v1/%77orkflows',
    ),
  );
  const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'get', 'X');
  await fc.assert(
    fc.asyncProperty(path, method, rawBody, door, async (target, verb, raw, by) => {
      expectCleanResponse(await send({ method: verb, target, call: { rawBody: raw }, door: by }), verb);
    }),
    times(60),
  );
});
