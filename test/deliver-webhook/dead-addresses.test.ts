import { createServer, connect, Socket, type AddressInfo } from 'node:net';
import { publicConnector } from '../../functions/guard/connect';
import { raceToConnect, type Dial } from '../../functions/guard/race-to-connect';
import { sendLimits, sendWebhook } from '../../functions/deliver-webhook/send-webhook';
import { loopback } from '../../local/listen';
import { makeCertificate } from './certificates';
import { receiverHost, startReceiver } from './https-receiver';

/** What happens to a connection: it is made, never answered, or refused with a code at once or after a while. */
type Fate = 'live' | 'silent' | { refused: string; afterMs?: number };

const certificate = makeCertificate(receiverHost);
const request = { url: `https://${receiverHost}/in`, headers: {}, body: '{}' };
const delayMs = 250;
let receiver: Awaited<ReturnType<typeof startReceiver>>;

beforeAll(async () => {
  receiver = await startReceiver(certificate);
});
afterAll(() => receiver.stop());
beforeEach(() => {
  receiver.reset();
  // Only the timers of the code: those of the sockets, which are real, are internal to Node.
  jest.useFakeTimers({
    doNotFake: ['Date', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'setInterval', 'clearImmediate'],
  });
});
afterEach(() => jest.useRealTimers());

const ipv4 = (last: number) => `93.184.216.${last}`;
const ipv6 = (last: number) => `2606:2800:220:1::${last.toString(16)}`;

/** Starts an attempt to send to a name with these addresses, whose connections have these fates. */
function begin(fates: readonly (readonly [address: string, fate: Fate])[], limits = sendLimits) {
  const dialled: string[] = [];
  const sockets = new Map<string, Socket>();
  const fateOf = new Map(fates);
  const dial: Dial = (address) => {
    const socket = dialAs(fateOf.get(address) ?? 'silent');
    dialled.push(address);
    sockets.set(address, socket);
    return socket;
  };
  const sent = sendWebhook(
    {
      resolve: async () => fates.map(([address]) => address),
      connect: publicConnector({ ca: certificate.cert, dial }),
      policy: { ownHosts: [] },
      limits,
    },
    request,
  );
  return {
    sent,
    dialled,
    sockets,
    open: () => [...sockets].flatMap(([name, { destroyed }]) => (destroyed ? [] : name)),
  };
}

function dialAs(fate: Fate): Socket {
  if (fate === 'live') return connect({ host: loopback, port: receiver.port });
  const socket = new Socket();
  if (fate === 'silent') return socket;
  const refuse = () => socket.destroy(Object.assign(new Error(), { code: fate.refused }));
  if (fate.afterMs === undefined) setImmediate(refuse);
  else setTimeout(refuse, fate.afterMs);
  return socket;
}

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

/** Waits, without a clock, until what the sockets of this process and the kernel do has led to this. */
async function until(isTrue: () => boolean): Promise<void> {
  for (let turns = 0; !isTrue(); turns += 1) {
    if (turns > 100_000) throw new Error('It never came to this');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('an address that never answers costs a live one a quarter of a second', async () => {
  const { sent, dialled, open } = begin([
    [ipv4(1), 'silent'],
    [ipv4(2), 'live'],
  ]);
  await pass(delayMs - 1);
  expect(dialled).toEqual([ipv4(1)]);
  await pass(1);

  expect(await sent).toMatchObject({ address: loopback, status: 200, error: null });
  expect(dialled).toEqual([ipv4(1), ipv4(2)]);
  expect(open()).toEqual([]);
});

test('nine addresses that never answer leave the tenth the time to be delivered to', async () => {
  const dead = Array.from({ length: 9 }, (_, index) => [ipv4(index), 'silent'] as const);
  const { sent, dialled, open } = begin([...dead, [ipv4(10), 'live']]);
  await pass(9 * delayMs);

  expect(await sent).toMatchObject({ address: loopback, status: 200, error: null });
  expect(dialled).toHaveLength(10);
  expect(open()).toEqual([]);
});

test('an address that refuses costs no time: the next one is tried at once', async () => {
  const { sent, dialled } = begin([
    [ipv4(1), { refused: 'ECONNREFUSED' }],
    [ipv4(2), 'silent'],
    [ipv4(3), 'live'],
  ]);
  await until(() => dialled.length > 1);
  expect(dialled).toEqual([ipv4(1), ipv4(2)]);
  await pass(delayMs - 1);
  expect(dialled).toEqual([ipv4(1), ipv4(2)]);
  await pass(1);

  expect(await sent).toMatchObject({ address: loopback, status: 200, error: null });
});

test.each([
  [['ECONNREFUSED', 'ECONNREFUSED', 'ECONNREFUSED'], 'ECONNREFUSED'],
  [['ECONNREFUSED', 'EHOSTUNREACH', 'ECONNREFUSED'], 'ECONNREFUSED, EHOSTUNREACH'],
])('addresses that all refuse with %j are a connection error at once, which names each code', async (codes, named) => {
  const { sent, dialled, open } = begin(codes.map((refused, index) => [ipv4(index), { refused }]));

  expect(await sent).toMatchObject({
    address: null,
    status: null,
    error: { class: 'connect', rule: null, detail: `No connection (${named}).` },
  });
  expect(dialled).toHaveLength(3);
  expect(open()).toEqual([]);
});

test('if no address answers, the attempt ends at the connect limit and closes all connections', async () => {
  const { sent, dialled, open } = begin([
    [ipv4(1), 'silent'],
    [ipv4(2), { refused: 'ECONNREFUSED' }],
    [ipv4(3), 'silent'],
  ]);
  await pass(sendLimits.connectMs - 1);
  expect(open()).toEqual([ipv4(1), ipv4(3)]);
  await pass(1);

  expect((await sent).error).toEqual({ class: 'timeout', rule: null, detail: 'No connection within 5 s.' });
  expect(dialled).toHaveLength(3);
  expect(open()).toEqual([]);
});

test('the total limit ends a search for a live address too', async () => {
  const { sent, dialled, open } = begin(
    Array.from({ length: 9 }, (_, index) => [ipv4(index), 'silent']),
    { connectMs: 5_000, totalMs: 600 },
  );
  await pass(600);

  expect((await sent).error).toMatchObject({ class: 'timeout', detail: 'No answer within 0.6 s.' });
  expect(dialled).toHaveLength(3);
  expect(open()).toEqual([]);
  await pass(10_000);
  expect(dialled).toHaveLength(3);
});

test('families take turns, so that a dead one does not hold up the other', async () => {
  const { sent, dialled } = begin([
    [ipv4(1), 'silent'],
    [ipv4(2), 'silent'],
    [ipv4(3), 'silent'],
    [ipv6(1), 'live'],
    [ipv6(2), 'silent'],
  ]);
  await pass(delayMs);

  expect(await sent).toMatchObject({ status: 200 });
  expect(dialled).toEqual([ipv4(1), ipv6(1)]);
});

test('IPv6 addresses that cannot be reached from here cost no time', async () => {
  const unreachable = { refused: 'ENETUNREACH' };
  const { sent, dialled } = begin([
    [ipv4(1), { refused: 'ECONNREFUSED' }],
    [ipv4(2), 'live'],
    [ipv6(1), unreachable],
    [ipv6(2), unreachable],
  ]);

  expect(await sent).toMatchObject({ status: 200, error: null });
  expect(dialled).toEqual([ipv4(1), ipv6(1), ipv4(2)]);
});

test('a name with IPv6 addresses only is delivered to', async () => {
  const { sent } = begin([
    [ipv6(1), 'silent'],
    [ipv6(2), 'live'],
  ]);
  await pass(delayMs);

  expect(await sent).toMatchObject({ status: 200, error: null });
});

test('an address that answers late may still win against those that were tried after it', async () => {
  const { sent, dialled, sockets, open } = begin([
    [ipv4(1), 'silent'],
    [ipv4(2), 'silent'],
    [ipv4(3), 'silent'],
  ]);
  await pass(2 * delayMs);
  expect(dialled).toHaveLength(3);
  sockets.get(ipv4(1))?.connect({ host: loopback, port: receiver.port });

  expect(await sent).toMatchObject({ address: loopback, status: 200, error: null });
  expect(open()).toEqual([]);
});

test('after a slow refusal the next address is tried at once, and the one after it a quarter of a second later', async () => {
  const { sent, dialled } = begin([
    [ipv4(1), { refused: 'ECONNREFUSED', afterMs: delayMs + 10 }],
    [ipv4(2), 'silent'],
    [ipv4(3), 'silent'],
    [ipv4(4), 'live'],
  ]);
  await pass(delayMs + 9);
  expect(dialled).toEqual([ipv4(1), ipv4(2)]);
  await pass(1);
  expect(dialled).toEqual([ipv4(1), ipv4(2), ipv4(3)]);
  await pass(delayMs - 1);
  expect(dialled).toEqual([ipv4(1), ipv4(2), ipv4(3)]);
  await pass(1);

  expect(await sent).toMatchObject({ status: 200, error: null });
});

test('an attempt that is over before the search begins opens no connection', async () => {
  const dial = jest.fn<Socket, [string]>();

  await expect(raceToConnect([ipv4(1)], dial, AbortSignal.abort())).rejects.toThrow('no longer wanted');
  expect(dial).not.toHaveBeenCalled();
});

test('of connections that are all made, one is used and the others are closed, whoever accepts them', async () => {
  const held = new Set<Socket>();
  const accepting = createServer((socket) => {
    held.add(socket.on('error', () => undefined).resume());
    socket.on('close', () => held.delete(socket));
  });
  await new Promise<void>((resolve) => accepting.listen(0, loopback, resolve));
  const { port } = accepting.address() as AddressInfo;
  const handlesBefore = openConnections();
  const { sent, sockets, open } = begin([
    [ipv4(1), 'silent'],
    [ipv4(2), 'silent'],
    [ipv4(3), 'silent'],
  ]);
  await pass(2 * delayMs);
  // All three are answered in the same turn of the event loop; only the first one speaks TLS.
  sockets.get(ipv4(1))?.connect({ host: loopback, port: receiver.port });
  for (const late of [ipv4(2), ipv4(3)]) sockets.get(late)?.connect({ host: loopback, port });

  expect(await sent).toMatchObject({ address: loopback, status: 200, error: null });
  expect(open()).toEqual([]);
  await until(() => held.size === 0 && openConnections() === handlesBefore);
  expect(receiver.connections()).toBe(1);
  await new Promise((resolve) => accepting.close(resolve));
});

test('an error that a connection reports after it was given up harms nobody', async () => {
  const { sent, sockets } = begin([
    [ipv4(1), 'silent'],
    [ipv4(2), 'live'],
  ]);
  await pass(delayMs);
  expect(await sent).toMatchObject({ status: 200 });

  expect(() => sockets.get(ipv4(1))?.emit('error', new Error('late'))).not.toThrow();
});

test('the certificate is checked at the address that won, whichever that is', async () => {
  const other = await startReceiver(makeCertificate('other.example.com'));
  const { sent, sockets, open } = begin([
    [ipv4(1), 'silent'],
    [ipv4(2), 'silent'],
  ]);
  await pass(delayMs);
  sockets.get(ipv4(2))?.connect({ host: loopback, port: other.port });

  expect(await sent).toMatchObject({ address: loopback, status: null, error: { class: 'tls' } });
  expect(other.received).toEqual([]);
  expect(open()).toEqual([]);
  await other.stop();
});

test('of a name with many addresses the first sixteen are tried, and the attempt says so', async () => {
  const { sent, dialled } = begin(Array.from({ length: 40 }, (_, index) => [ipv4(index), { refused: 'ECONNREFUSED' }]));

  expect((await sent).error).toEqual({
    class: 'connect',
    rule: null,
    detail:
      'No connection (ECONNREFUSED). Only 16 of the 40 addresses of the host name were tried; remove those that are dead from DNS.',
  });
  expect(dialled).toHaveLength(16);
});

test('the last of sixteen addresses is tried more than a second before the connect limit', async () => {
  const { sent, dialled } = begin(Array.from({ length: 17 }, (_, index) => [ipv4(index), 'silent']));
  await pass(sendLimits.connectMs - 1_001);
  expect(dialled).toHaveLength(16);
  await pass(1_001);

  expect((await sent).error?.detail).toMatch(/^No connection within 5 s\. Only 16 of the 17 addresses /);
});

/** Connections and attempts to connect that this process holds open, of both ends. */
function openConnections(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
}
