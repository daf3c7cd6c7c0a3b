import { createSocket, type Socket } from 'node:dgram';
import { hostResolver } from '../../functions/guard/resolve-host';
import { loopback } from '../../local/listen';

/** What a name server answers to a question: addresses in bytes, an error code of DNS, or nothing at all. */
type Reply = readonly number[] | 'SERVFAIL' | 'NXDOMAIN' | 'no record' | 'silence';

const codes = { SERVFAIL: 2, NXDOMAIN: 3, 'no record': 0 } as const;
const v4 = [93, 184, 216, 34];
const v6 = [0x26, 0x06, 0x28, 0, 2, 0x20, 0, 1, 2, 0x48, 0x18, 0x93, 0x25, 0xc8, 0x19, 0x46];

let server: Socket;
let replies: { a: Reply; aaaa: Reply };

beforeAll(async () => {
  server = createSocket('udp4');
  server.on('message', (query, peer) => {
    let end = 12;
    while (query[end] !== 0) end += (query[end] ?? 0) + 1;
    const isA = query.readUInt16BE(end + 1) === 1;
    const reply = isA ? replies.a : replies.aaaa;
    if (reply === 'silence') return;
    const address = typeof reply === 'string' ? undefined : reply;
    const head = Buffer.alloc(12);
    query.copy(head, 0, 0, 2);
    head.writeUInt16BE(0x8180 | (typeof reply === 'string' ? codes[reply] : 0), 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(address === undefined ? 0 : 1, 6);
    const record = address && [0xc0, 0x0c, 0, isA ? 1 : 28, 0, 1, 0, 0, 0, 60, 0, address.length, ...address];
    server.send(Buffer.concat([head, query.subarray(12, end + 5), Buffer.from(record ?? [])]), peer.port, peer.address);
  });
  await new Promise<void>((resolve) => server.bind(0, loopback, resolve));
});
afterAll(() => server.close());

const resolve = () => hostResolver([`${loopback}:${server.address().port}`])('hooks.example.com');
const [A, AAAA] = ['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'];

test.each<[a: Reply, aaaa: Reply, addresses: readonly string[]]>([
  [v4, v6, [A, AAAA]],
  [v4, 'no record', [A]],
  ['no record', v6, [AAAA]],
  // Broken load balancers fail AAAA, or never answer it.
  [v4, 'SERVFAIL', [A]],
  [v4, 'silence', [A]],
  [v4, 'NXDOMAIN', [A]],
  ['SERVFAIL', v6, [AAAA]],
  ['no record', 'no record', []],
  ['NXDOMAIN', 'NXDOMAIN', []],
])('A answered by %j and AAAA by %j: the addresses are %j', async (a, aaaa, addresses) => {
  replies = { a, aaaa };

  expect(await resolve()).toEqual(addresses);
});

test.each<[a: Reply, aaaa: Reply]>([
  ['SERVFAIL', 'SERVFAIL'],
  ['no record', 'SERVFAIL'],
  ['SERVFAIL', 'no record'],
])('A answered by %j and AAAA by %j: nothing is known about the name, so nothing is sent', async (a, aaaa) => {
  replies = { a, aaaa };

  await expect(resolve()).rejects.toMatchObject({ code: 'ESERVFAIL' });
});
