import { gzipSync } from 'node:zlib';
import { maxFetchesPerMinute } from '../../functions/authorization-server/limits';
import { makeCertificate } from '../deliver-webhook/certificates';
import { connectorTo, receiverHost, startReceiver } from '../deliver-webhook/https-receiver';
import { redirectUri, startConnect, type Connect } from './connect';

const host = receiverHost;
const certificate = makeCertificate(host);
/** What the name resolves to; the connection goes to the test's own server whatever it is. */
let addresses: readonly string[];
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let connect: Connect;
let documents = 0;

beforeAll(async () => {
  receiver = await startReceiver(certificate);
  connect = await startConnect({
    guard: {
      resolve: () => Promise.resolve(addresses),
      connect: connectorTo(receiver.port, certificate.cert),
      policy: { ownHosts: ['own.example'] },
      limits: { totalMs: 700, maxBytes: 16_384 },
    },
  });
});
beforeEach(() => {
  addresses = ['93.184.216.34'];
  receiver.reset();
  // Fetches of one minute are bounded.
  connect.clock.advance(61);
});
afterAll(async () => {
  await connect.stop();
  await receiver.stop();
});

/** A client id that nobody asked for yet, because documents are cached. */
const aClientId = () => `https://${host}/clients/${(documents += 1)}.json`;

function serve(document: object | string | Buffer, status = 200, headers: Record<string, string> = {}) {
  receiver.respondWith((response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof document === 'object' && !Buffer.isBuffer(document) ? JSON.stringify(document) : document);
  });
}

const shownTo = async (asked: { uid: string; cookies: readonly string[] }) => {
  const { idToken } = await connect.aPerson();
  return connect.send('GET', `/oauth/interaction/${asked.uid}/request`, { token: idToken, cookies: asked.cookies });
};

test('a client names its document as its id, and the host that serves it proves the name', async () => {
  const client_id = aClientId();
  serve({ client_id, client_name: 'Claude', redirect_uris: [redirectUri], token_endpoint_auth_method: 'none' });

  const asked = await connect.ask(client_id);

  expect((await shownTo(asked)).body).toMatchObject({ name: 'Claude', host });
  expect(receiver.received).toMatchObject([{ method: 'GET', servername: host, headers: { host } }]);
});

test('the document is cached, and connecting asks for it once', async () => {
  const client_id = aClientId();
  serve({ client_id, client_name: 'Claude', redirect_uris: [redirectUri] }, 200, { 'cache-control': 'max-age=3600' });

  const { refreshToken } = await connect.connected(await connect.aPerson(), { clientId: client_id });

  expect((await connect.refresh(client_id, refreshToken)).status).toBe(200);
  expect(receiver.received).toHaveLength(1);
});

test.each([
  ['does not answer', () => receiver.respondWith((response) => response.destroy())],
  ['fails', () => serve('', 503)],
])('while the host %s, an app that was approved gets tokens all the same', async (_what, fail) => {
  const client_id = aClientId();
  serve({ client_id, client_name: 'Claude', redirect_uris: [redirectUri] });
  const { refreshToken } = await connect.connected(await connect.aPerson(), { clientId: client_id });
  fail();
  const form = { grant_type: 'refresh_token', client_id, refresh_token: refreshToken };

  const answer = await connect.coldStart()('POST', '/oauth/token', {
    rawBody: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

  expect([answer.status, receiver.received.length > 0]).toEqual([200, true]);
});

test('a document that was taken away ends that', async () => {
  const client_id = aClientId();
  serve({ client_id, client_name: 'Claude', redirect_uris: [redirectUri] });
  const { refreshToken } = await connect.connected(await connect.aPerson(), { clientId: client_id });
  serve('', 404);
  const form = { grant_type: 'refresh_token', client_id, refresh_token: refreshToken };

  const answer = await connect.coldStart()('POST', '/oauth/token', {
    rawBody: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

  expect(answer.body.error).toBe('invalid_client');
});

test('what was approved stays what was shown, whatever the document says later; a new request is shown anew', async () => {
  const client_id = aClientId();
  serve({ client_id, client_name: 'Claude', redirect_uris: [redirectUri] });
  const person = await connect.aPerson();
  const asked = await connect.ask(client_id);
  serve({ client_id, client_name: 'Evil', redirect_uris: ['https://evil.example/cb'] });
  const elsewhere = connect.coldStart();

  await elsewhere('POST', `/oauth/interaction/${asked.uid}/decision`, {
    token: person.idToken,
    body: { decision: 'approve' },
    cookies: asked.cookies,
  });
  const [app] = await connect.rest.deps.connectedApps.list(person.tenantId);
  const anew = await elsewhere('GET', authorizeAt(client_id, 'https://evil.example/cb'));
  const old = await elsewhere('GET', authorizeAt(client_id, redirectUri));

  expect(app).toMatchObject({ name: 'Claude', host, redirect_host: 'app.example' });
  expect(anew.headers['location']).toContain('/oauth/interaction/');
  expect([old.status, old.headers['location']]).toEqual([400, undefined]);
});

test.each([
  ['this machine', ['127.0.0.1']],
  ['a private network', ['10.0.0.7']],
  ['the metadata service', ['169.254.169.254']],
  ['a private network beside a public address', ['93.184.216.34', '192.168.1.1']],
  ['an IPv6 form of this machine', ['::ffff:127.0.0.1']],
  ['nothing', []],
])('a host that resolves to %s is not asked', async (_what, resolved) => {
  addresses = resolved;

  const { answer } = await connect.ask(aClientId());

  expect([answer.status, receiver.connections()]).toEqual([400, 0]);
  // What a private resolver said is not told.
  expect(String(answer.body)).not.toMatch(/10\.0\.0\.7|169\.254/);
});

test.each([
  'https://127.0.0.1/client.json',
  'https://[::1]/client.json',
  `https://${host}:8443/client.json`,
  'https://localhost/client.json',
  'https://own.example/client.json',
  `https://user@${host}/client.json`,
  `https://${host}/../client.json`,
  `https://${host}/client.json#x`,
  `http://${host}/client.json`,
])('%s names no client, and nobody is asked', async (client_id) => {
  const { answer } = await connect.ask(client_id);

  expect([answer.status, receiver.connections()]).toEqual([400, 0]);
});

const cases: readonly [string, (client_id: string) => void][] = [
  ['leads elsewhere', () => serve('', 302, { location: 'http://169.254.169.254/' })],
  ['fails', () => serve('', 500)],
  ['is not there', () => serve('', 404)],
  ['is no JSON', () => serve('<html>')],
  ['is a list', () => serve('[]')],
  ['is of another client', () => serve({ client_id: `https://${host}/other.json`, redirect_uris: [redirectUri] })],
  ['names no address', (client_id) => serve({ client_id, redirect_uris: [] })],
  ['names http', (client_id) => serve({ client_id, redirect_uris: ['http://app.example/cb'] })],
  ['has 17 KB', (client_id) => serve({ client_id, redirect_uris: [redirectUri], x: 'x'.repeat(17_000) })],
  [
    'is compressed, which nobody asked for',
    (client_id) =>
      serve(gzipSync(JSON.stringify({ client_id, redirect_uris: [redirectUri] })), 200, { 'content-encoding': 'gzip' }),
  ],
];
test.each(cases)('a document that %s makes no client', async (_what, respond) => {
  const client_id = aClientId();
  respond(client_id);

  const { answer } = await connect.ask(client_id);

  expect([answer.status, answer.headers['location']]).toEqual([400, undefined]);
  expect(receiver.received).toHaveLength(1);
});

test('a document without end is read up to its limit', async () => {
  let sent = 0;
  receiver.respondWith((response) => {
    response.writeHead(200, { 'content-length': String(1_000_000_000) });
    const chunk = Buffer.alloc(64 * 1024, 'x');
    const write = () => {
      sent += chunk.length;
      if (!response.destroyed && sent < 1_000_000_000) response.write(chunk, (error) => error ?? setImmediate(write));
    };
    write();
  });

  const { answer } = await connect.ask(aClientId());

  expect(answer.status).toBe(400);
  expect(sent).toBeLessThan(20_000_000);
});

test('a host that trickles its answer is given up', async () => {
  receiver.respondWith((response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(timer));
  });

  const { answer } = await connect.ask(aClientId());

  expect(answer.status).toBe(400);
});

test('while strangers use up all fetches, an app that was approved gets tokens all the same', async () => {
  const client_id = aClientId();
  serve({ client_id, client_name: 'Claude', redirect_uris: [redirectUri] });
  const { refreshToken } = await connect.connected(await connect.aPerson(), { clientId: client_id });
  serve('', 404);
  const elsewhere = connect.coldStart();
  for (let asked = 0; asked < maxFetchesPerMinute; asked += 1)
    await elsewhere('GET', authorizeAt(aClientId(), redirectUri));
  const form = { grant_type: 'refresh_token', client_id, refresh_token: refreshToken };

  const answer = await elsewhere('POST', '/oauth/token', {
    rawBody: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

  expect(answer.status).toBe(200);
});

test('strangers cannot make one function instance ask without end', async () => {
  serve('', 404);
  for (let asked = 0; asked <= maxFetchesPerMinute; asked += 1) await connect.ask(aClientId());

  expect(receiver.received).toHaveLength(maxFetchesPerMinute);
});

function authorizeAt(client_id: string, redirect_uri: string): string {
  const query = {
    client_id,
    redirect_uri,
    response_type: 'code',
    code_challenge: 'x'.repeat(43),
    code_challenge_method: 'S256',
  };
  return `/oauth/authorize?${new URLSearchParams(query).toString()}`;
}
