import { revalidates } from '../../../functions/edge/http/revalidate';
import { startRest, type Rest } from '../../support/rest';
import { createTenantData, type Ids } from '../../support/tenant-data';

jest.setTimeout(60_000);

let rest: Rest;
let token: string;
let member: string;
let tenantId: string;
let ids: Ids;

beforeAll(async () => {
  rest = await startRest();
  ({ id: tenantId, token } = await rest.aTenant());
  ids = await createTenantData(rest, { id: tenantId, token }, 'polled');
  member = rest.aMember(tenantId);
});

afterAll(() => rest.stop());

const workflow = '/api/v1/workflows/3';
const get = (target: string, ifNoneMatch?: string, method = 'GET') =>
  rest.call(method, target, {
    token: member,
    headers: ifNoneMatch === undefined ? {} : { 'if-none-match': ifNoneMatch },
  });

it('every GET has a strong ETag, and answers 304 without a body to a caller who has it already', async () => {
  const reads = rest.routes.filter(revalidates);

  for (const { path, operationId } of reads) {
    const target = path.replaceAll(/\{(\w+)\}/g, (_, name: keyof Ids) => ids[name]);
    const { status, headers } = await get(target);
    const again = await get(target, headers['etag']);

    expect([operationId, status, headers['etag']]).toEqual([
      operationId,
      200,
      expect.stringMatching(/^"[\w.-]{22,39}"$/),
    ]);
    expect([operationId, again.status, again.body]).toEqual([operationId, 304, undefined]);
    expect(again.headers).toEqual({
      ...without(headers, 'content-type'),
      'x-request-id': expect.any(String),
    });
  }
});

it('a HEAD is answered 304 too', async () => {
  const { headers } = await get(workflow);

  expect(await get(workflow, headers['etag'], 'HEAD')).toMatchObject({ status: 304, body: undefined });
});

it('a workflow is sent anew once a run of it began, though nobody edited it', async () => {
  const { headers } = await get(workflow);
  await rest.call('POST', `${workflow}/runs`, { token, body: {} });

  const again = await get(workflow, headers['etag']);

  expect(again.status).toBe(200);
  expect(again.headers['etag']).not.toBe(headers['etag']);
  expect(revisionIn(again.headers['etag'])).toBe(revisionIn(headers['etag']));
});

it('a run is sent anew once it changed, and otherwise answered 304 after the wait', async () => {
  const run = `/api/v1/workflow-runs/${ids.run_id}`;
  const { headers } = await get(run);

  expect((await get(`${run}?wait_seconds=1`, headers['etag'])).status).toBe(304);

  await rest.call('POST', `${run}/cancel`, { token, body: {} });
  expect(await get(run, headers['etag'])).toMatchObject({ status: 200, body: { status: 'cancelled' } });
});

it('a tag of another caller, who may see less, does not stand for what this caller sees', async () => {
  const { id } = await rest.deps.endpoints.list(tenantId).then(([first]) => first!);
  const target = `/api/v1/webhook-endpoints/${id}`;
  await rest.call('PATCH', target, { token, body: { url: 'https://polled.example.com/in?secret=1' } });
  const viewer = await rest.call('GET', target, { token: rest.aMember(tenantId, ['viewer']) });

  const full = await get(target, viewer.headers['etag']);

  expect(full.status).toBe(200);
  expect(full.headers['etag']).not.toBe(viewer.headers['etag']);
  expect(revisionIn(full.headers['etag'])).toBe(revisionIn(viewer.headers['etag']));
});

it.each([
  ['*', 304],
  [' "x" , %, ', 304],
  ['W/%', 304],
  ['"x"', 200],
  ['w/%', 200],
  ['', 200],
  ['nonsense', 200],
  ['"ü", %', 304],
  ['"\u0001", %', 200],
])('If-None-Match: %s is answered %d; one that cannot be read is as good as none', async (value, status) => {
  const { headers } = await get(workflow);

  expect((await get(workflow, value.replace('%', headers['etag']!))).status).toBe(status);
});

it('ten thousand tags, and a megabyte of white space, are not read', async () => {
  const { headers } = await get(workflow);
  const tags = `${Array(10_000).fill('"x"').join(', ')}, ${headers['etag']}`;

  expect((await get(workflow, tags)).status).toBe(200);
  expect((await get(workflow, ' '.repeat(1_000_000))).status).toBe(200);
});

it('a refusal has no ETag, and a precondition does not hide it', async () => {
  const answer = await get('/api/v1/workflows/99', '*');

  expect(answer.status).toBe(404);
  expect(answer.headers).not.toHaveProperty('etag');
});

it('answers with tenant data stay out of every cache', async () => {
  expect((await get(workflow)).headers['cache-control']).toBe('no-store');
});

function revisionIn(tag: string | undefined): string | undefined {
  return tag?.split('.')[0];
}

function without(headers: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([other]) => other !== name));
}
