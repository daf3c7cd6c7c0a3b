import { createServer, Socket, type AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { publicConnector } from '../../functions/guard/connect';
import { sendWebhook } from '../../functions/deliver-webhook/send-webhook';
import { loopback } from '../../local/listen';
import { makeCertificate } from './certificates';
import { connectorTo, receiverHost, sendDeps, startReceiver, type Respond } from './https-receiver';

const certificate = makeCertificate(receiverHost);
const request = {
  url: `https://${receiverHost}/in?x=1`,
  headers: { 'webhook-id': 'dlv_1', 'content-type': 'application/json' },
  body: '{"text":"Grüße"}',
};
let receiver: Awaited<ReturnType<typeof startReceiver>>;

beforeAll(async () => {
  receiver = await startReceiver(certificate);
});
afterAll(() => receiver.stop());
beforeEach(() => {
  receiver.reset();
});

function send(answer?: Respond) {
  if (answer) receiver.respondWith(answer);
  return sendWebhook(sendDeps(connectorTo(receiver.port, certificate.cert)), request);
}

test('the receiver gets the exact bytes and headers with its own host name, uncompressed and on a new connection each time', async () => {
  const first = await send();
  await send();

  expect(first).toMatchObject({ address: loopback, status: 200, excerpt: 'ok', error: null });
  expect(first.durationMs).toBeGreaterThanOrEqual(0);
  expect(receiver.connections()).toBe(2);
  expect(receiver.received[0]).toEqual({
    method: 'POST',
    path: '/in?x=1',
    body: request.body,
    servername: receiverHost,
    headers: {
      host: receiverHost,
      connection: 'close',
      'content-length': String(Buffer.byteLength(request.body)),
      'content-type': 'application/json',
      'webhook-id': 'dlv_1',
    },
  });
});

test.each([200, 201, 202, 204, 299])('%i is success', async (status) => {
  const sent = await send((response) => response.writeHead(status).end());

  expect(sent).toMatchObject({ status, error: null });
});

test.each([300, 304, 400, 401, 404, 410, 418, 429, 500, 503, 599])('%i is a failure', async (status) => {
  const sent = await send((response) => response.writeHead(status).end('no'));

  expect(sent).toMatchObject({
    status,
    excerpt: status === 304 ? '' : 'no',
    error: { class: 'http_status', rule: null },
  });
});

test.each([301, 302, 303, 307, 308])('a redirect with %i is not followed', async (status) => {
  const sent = await send((response) =>
    response.writeHead(status, { location: 'https://hooks.example.com/elsewhere' }).end(),
  );

  expect(sent.error).toEqual({
    class: 'http_status',
    rule: null,
    detail: `The receiver answered ${status}. Redirects are not followed; register the final URL.`,
  });
  expect(receiver.received.map(({ path }) => path)).toEqual(['/in?x=1']);
});

test('the outcome includes Retry-After', async () => {
  const sent = await send((response) => response.writeHead(503, { 'retry-after': '120' }).end());

  expect(sent).toMatchObject({ status: 503, retryAfter: '120' });
});

test('headers that do not arrive in time are a timeout', async () => {
  const sent = await send(() => undefined);

  expect(sent).toMatchObject({
    status: null,
    excerpt: null,
    error: { class: 'timeout', detail: 'No answer within 2.5 s.' },
  });
});

/** Sends the head of a response with this status, then a byte at a time without end. */
const trickling =
  (status: number): Respond =>
  (response) => {
    response.writeHead(status);
    const timer = setInterval(() => response.write('.'), 20);
    response.on('close', () => {
      clearInterval(timer);
    });
  };

test.each([200, 410, 500])(
  '%i with a body that never ends counts by its status, and what came is kept',
  async (status) => {
    const sent = await send(trickling(status));

    expect(sent).toMatchObject({ status, error: status === 200 ? null : { class: 'http_status' } });
    expect(sent.excerpt).toMatch(/^\.+$/);
  },
);

test('503 with a body that breaks off still says when to come back', async () => {
  const sent = await send((response) => {
    response.writeHead(503, { 'retry-after': '120', 'content-length': '100' }).write('half');
    setTimeout(() => response.socket?.destroy(), 20);
  });

  expect(sent).toMatchObject({ status: 503, retryAfter: '120', excerpt: 'half', error: { class: 'http_status' } });
});

/** A response as it stands on the wire. */
const asWritten =
  (text: string): Respond =>
  (response) =>
    response.socket?.end(text);

test.each([
  ['bare line feeds', 'HTTP/1.1 200 OK\nContent-Length: 2\n\nok'],
  [
    'both ways to say its length',
    'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n',
  ],
  ['no length, to the end of the connection', 'HTTP/1.1 200 OK\r\n\r\nok'],
  ['a body that is shorter than it says', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nok'],
  ['chunks without an end', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n'],
])('a 200 with %s is delivered', async (_what, text) => {
  expect(await send(asWritten(text))).toMatchObject({ status: 200, excerpt: 'ok', error: null });
});

test.each([
  ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
  ['a head with a space before a colon', 'HTTP/1.0 200 OK\r\nServer : x\r\ncontent-length: 2\r\n\r\nok'],
  ['no status', 'HTTP/1.1 OK\r\n\r\n'],
  ['a page without a head', '<html>ok</html>\r\n\r\n'],
])('an answer that is %s is no HTTP, and the attempt says what was wrong', async (_what, text) => {
  const sent = await send(asWritten(text));

  expect(sent).toMatchObject({ status: null, error: { class: 'bad_answer' } });
  expect(sent.error?.detail).toMatch(/^The answer is not HTTP: (?!it cannot).+ \(HPE_\w+\)\.$/);
});

test('endless informational responses are a timeout', async () => {
  const sent = await send((response) => {
    const timer = setInterval(() => {
      response.writeProcessing();
    }, 20);
    response.on('close', () => {
      clearInterval(timer);
    });
  });

  expect(sent).toMatchObject({ status: null, error: { class: 'timeout' } });
});

test('a receiver that does not accept the connection in time is a timeout', async () => {
  const sent = await sendWebhook(
    sendDeps(publicConnector({ dial: () => new Socket() }), { connectMs: 30, totalMs: 600 }),
    request,
  );

  expect(sent).toMatchObject({ address: null, error: { class: 'timeout', detail: 'No connection within 0.03 s.' } });
});

test('64 KB of a response are read and 4 KB are stored', async () => {
  const sent = await send((response) => response.end('x'.repeat(64 * 1024)));

  expect(sent.error).toBeNull();
  expect(sent.excerpt).toBe('x'.repeat(4096));
});

test.each([200, 410])('%i with more than 64 KB counts by its status, and the body is cut', async (status) => {
  const sent = await send((response) => response.writeHead(status).end('x'.repeat(64 * 1024 + 1)));

  expect(sent).toMatchObject({ status, excerpt: 'x'.repeat(4096) });
  expect(sent.error?.class).toBe(status === 200 ? undefined : 'http_status');
});

test('an endless body is cut off, and its connection is closed at once', async () => {
  let written = 0;
  const sent = await send((response) => {
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(16_384))) written += 16_384;
      response.once('drain', more);
    };
    more();
  });

  expect(sent).toMatchObject({ status: 200, error: null });
  expect(written).toBeLessThan(16 * 1024 * 1024);
});

test('headers of 20 KB are too large', async () => {
  const sent = await send((response) => response.writeHead(200, { 'x-large': 'x'.repeat(20_000) }).end());

  expect(sent.error?.class).toBe('response_too_large');
});

test.each(['gzip', 'x-gzip', 'GZIP'])('a gzip bomb of 1 GB sent as %s is cut off after 64 KB', async (encoding) => {
  // A gzip file may have many members: these are 1,024 members of 1 KB, each 1 MB of zeros.
  const member = gzipSync(Buffer.alloc(1024 * 1024));
  const bomb = Buffer.concat(Array.from({ length: 1024 }, () => member));
  const memoryBefore = process.memoryUsage().rss;

  const sent = await send((response) => response.writeHead(200, { 'content-encoding': encoding }).end(bomb));

  expect(sent).toMatchObject({ status: 200, excerpt: '\0'.repeat(4096), error: null });
  expect(process.memoryUsage().rss - memoryBefore).toBeLessThan(100 * 1024 * 1024);
});

test('10 KB of Brotli that decompress to 16 MB are cut off', async () => {
  const bomb = brotliCompressSync(Buffer.alloc(16 * 1024 * 1024));
  expect(bomb.length).toBeLessThan(10_000);

  const sent = await send((response) => response.writeHead(200, { 'content-encoding': 'br' }).end(bomb));

  expect(sent).toMatchObject({ status: 200, error: null });
  expect(Buffer.byteLength(sent.excerpt ?? '')).toBeLessThanOrEqual(4096);
});

test.each([
  ['gzip', gzipSync('thanks')],
  ['deflate', deflateSync('thanks')],
  ['br', brotliCompressSync('thanks')],
])('a response compressed with %s without being asked for is readable', async (encoding, body) => {
  const sent = await send((response) => response.writeHead(200, { 'content-encoding': encoding }).end(body));

  expect(sent).toMatchObject({ excerpt: 'thanks', error: null });
});

test.each([
  ['gzip', 'this is no gzip', null],
  ['br', '\u0000\u0001\u0002', null],
  ['zstd', 'as it came', 'as it came'],
  ['constructor', 'as it came', 'as it came'],
])('a response that is wrongly labelled as %s still counts by its status', async (encoding, body, excerpt) => {
  const sent = await send((response) => response.writeHead(200, { 'content-encoding': encoding }).end(body));

  expect(sent).toMatchObject({ status: 200, excerpt, error: null });
});

test('the excerpt of a response that is not text stays within 4 KB', async () => {
  const sent = await send((response) => response.end(Buffer.alloc(8192, 0xff)));

  expect(Buffer.byteLength(sent.excerpt ?? '')).toBeLessThanOrEqual(4096);
  expect(sent.excerpt).toMatch(/^\ufffd+$/);
});

test('a connection reset before the response is a connection error', async () => {
  const sent = await send((response) => response.socket?.destroy());

  expect(sent).toMatchObject({ address: loopback, status: null, error: { class: 'connect' } });
});

test('a connection reset inside the body leaves what the status says', async () => {
  const sent = await send((response) => {
    response.writeHead(200, { 'content-length': '100' }).write('half');
    setTimeout(() => response.socket?.destroy(), 20);
  });

  expect(sent).toMatchObject({ status: 200, excerpt: 'half', error: null });
});

test('an upgrade of the protocol is a connection error', async () => {
  const sent = await send((response) =>
    response.socket?.end('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
  );

  expect(sent.error?.class).toBe('connect');
});

test('a closed port is a connection error', async () => {
  const sent = await sendWebhook(sendDeps(connectorTo(1, certificate.cert)), request);

  expect(sent).toMatchObject({ address: null, error: { class: 'connect', detail: 'No connection (ECONNREFUSED).' } });
});

test('if one checked address does not respond, the next one is tried', async () => {
  const sent = await sendWebhook(
    sendDeps(connectorTo(receiver.port, certificate.cert, ['127.0.0.2', loopback]), { connectMs: 3000, totalMs: 5000 }),
    request,
  );

  expect(sent).toMatchObject({ address: loopback, status: 200, error: null });
});

test('a certificate of an unknown authority is refused', async () => {
  const stranger = makeCertificate(receiverHost);
  const sent = await sendWebhook(sendDeps(connectorTo(receiver.port, stranger.cert)), request);

  expect(sent).toMatchObject({ status: null, error: { class: 'tls' } });
  expect(receiver.received).toEqual([]);
});

test('a certificate for another name is refused, even if the environment disables the check', async () => {
  const other = await startReceiver(makeCertificate('other.example.com'));
  const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  try {
    const sent = await sendWebhook(sendDeps(connectorTo(other.port, certificate.cert)), request);

    expect(sent.error?.class).toBe('tls');
    expect(other.received).toEqual([]);
  } finally {
    if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    await other.stop();
  }
});

test('a server without TLS is a TLS error, and one that never finishes the handshake is a timeout', async () => {
  const greetings = ['HTTP/1.1 200 OK\r\n\r\n', ''];
  const classes: (string | undefined)[] = [];
  for (const greeting of greetings) {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket.on('error', () => undefined));
      if (greeting !== '') socket.write(greeting);
    });
    await new Promise<void>((resolve) => server.listen(0, loopback, resolve));
    const { port } = server.address() as AddressInfo;
    classes.push((await sendWebhook(sendDeps(connectorTo(port, certificate.cert)), request)).error?.class);
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }

  expect(classes).toEqual(['tls', 'timeout']);
});
