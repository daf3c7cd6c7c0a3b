import { request, type IncomingHttpHeaders } from 'node:http';
import { startApi, type Api, type Served } from '../../local/api/start-api';
import { loopback } from '../../local/listen';

let api: Api;
beforeEach(async () => {
  api = await startApi(0);
});
afterEach(() => api.stop());

interface Received {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: number;
}

function ask(method: string): Promise<Received> {
  return new Promise((resolve, reject) => {
    request(api.origin, { host: loopback, method, path: '/api/v1/things', agent: false })
      .on('response', (response) => {
        let bytes = 0;
        response.on('data', (chunk: Buffer) => (bytes += chunk.byteLength));
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, bytes }));
      })
      .on('error', reject)
      .end();
  });
}

/** Serves one function, which answers every request with this. */
function serve(payload: unknown): void {
  const invoke = () => Promise.resolve({ ok: true as const, payload });
  const served: Served = {
    accountId: '000000000000',
    apiId: 'api',
    findRoute: () => ({ key: '$default', invoke, pathParameters: {} }),
    originHeaders: new Map(),
    apiAt: () => undefined,
    findPage: () => undefined,
  };
  api.serve(served);
}

it('a HEAD gets the headers of the GET, the length of its body among them, and none of the body', async () => {
  serve({
    statusCode: 200,
    headers: { 'content-type': 'application/json', etag: '"a"', link: '<b>' },
    body: '{"é":1}',
  });

  const [got, head] = [await ask('GET'), await ask('HEAD')];

  expect([got.status, got.bytes, head.status, head.bytes]).toEqual([200, 8, 200, 0]);
  expect(comparable(head)).toEqual(comparable(got));
  expect(head.headers).toMatchObject({ 'content-length': '8', etag: '"a"', link: '<b>' });
});

it('a 304 has its ETag and neither a body nor a length', async () => {
  serve({ statusCode: 304, headers: { etag: '"a"' } });

  const { status, headers, bytes } = await ask('GET');

  expect([status, bytes, headers['etag']]).toEqual([304, 0, '"a"']);
  expect(headers).not.toHaveProperty('content-length');
  expect(headers).not.toHaveProperty('content-type');
});

function comparable({ headers }: Received): IncomingHttpHeaders {
  const { date: _date, 'apigw-requestid': _id, ...same } = headers;
  return same;
}
