import type { Context } from 'aws-lambda';
import { httpChain } from '../../../functions/edge/http-chain';
import { anEvent, readReply } from '../../support/http-calls';
import { startRest, type Rest } from '../../support/rest';
import { comparable, createTenantData, type Ids } from '../../support/tenant-data';

jest.setTimeout(60_000);

let rest: Rest;
let token: string;
let tenantId: string;

beforeAll(async () => {
  rest = await startRest();
  ({ id: tenantId, token } = await rest.aTenant());
});

afterAll(() => rest.stop());

it('every GET answers HEAD with the same status and headers, and without a body', async () => {
  const owner = await rest.aTenant();
  const ids = await createTenantData(rest, owner, 'head');
  const member = rest.aMember(owner.id);
  const reads = rest.routes.filter(({ method, mediaType }) => method === 'GET' && mediaType === undefined);
  expect(reads.length).toBeGreaterThan(15);

  for (const { path, operationId } of reads) {
    const target = path.replaceAll(/\{(\w+)\}/g, (_, name: keyof Ids) => ids[name]);
    const got = await rest.call('GET', target, { token: member });
    const head = await rest.call('HEAD', target, { token: member });

    expect([operationId, got.status]).toEqual([operationId, 200]);
    expect(comparable({ ...head, body: null })).toEqual(comparable({ ...got, body: null }));
    expect(head.headers['etag']).toBe(got.headers['etag']);
    expect(head.body).toBeUndefined();
  }
});

it('gives API Gateway the whole answer, which makes the length of it and sends none of it', async () => {
  const chain = httpChain(rest.deps, rest.routes);
  const ask = async (method: string) =>
    readReply(await chain(anEvent(method, '/api/v1/me', { token }), {} as Context)).body;

  expect(await ask('HEAD')).toEqual(await ask('GET'));
});

it.each([
  ['without a token', '/api/v1/workflows', {}, 401],
  ['for what does not exist', '/api/v1/workflows/99', { known: true }, 404],
  ['with an unknown parameter', '/api/v1/workflows?limt=1', { known: true }, 422],
])('a HEAD %s is refused like a GET', async (_why, target, { known = false }: { known?: boolean }, status) => {
  const call = known ? { token } : {};

  const got = await rest.call('GET', target, call);
  const head = await rest.call('HEAD', target, call);

  expect(head.status).toBe(status);
  expect(comparable({ ...head, body: null })).toEqual(comparable({ ...got, body: null }));
});

it('a HEAD needs the scope that the GET needs', async () => {
  const narrow = await rest.aToken(tenantId, { scopes: ['webhooks:read'] });

  expect((await rest.call('HEAD', '/api/v1/workflows', { token: narrow })).status).toBe(403);
});

it('a HEAD of a path that nobody can GET is answered 405', async () => {
  const answer = await rest.call('HEAD', '/api/v1/workflows/1/runs', { token });

  expect(answer).toMatchObject({ status: 405, headers: { allow: 'POST' } });
});

it('a body sent with a HEAD has no meaning, like one sent with a GET', async () => {
  const sent = { token, rawBody: '{', headers: { 'content-type': 'text/plain' } };

  expect((await rest.call('HEAD', '/api/v1/workflows', sent)).status).toBe(200);
});
