import { createSocket } from 'node:dgram';

/** Suffixes of the names that the network knows. Every other name has no address. */
const known = ['.cloudfront.net', '.amazonaws.com', '.amazoncognito.com', '.receiver-of-the-judge.com'];

const [typeA, noError, noSuchName] = [1, 0, 3];

/** A name server (RFC 1035) on port 53 of loopback that answers one address for all names that it knows. */
export async function startNameServer(address: string): Promise<{ stop: () => void }> {
  const server = createSocket('udp4');
  const octets = address.split('.').map(Number);
  server.on('message', (query, peer) => {
    const { name, end } = questionOf(query);
    const isKnown = known.some((suffix) => name.endsWith(suffix));
    const answers = isKnown && query.readUInt16BE(end) === typeA;
    const head = Buffer.alloc(12);
    query.copy(head, 0, 0, 2);
    head.writeUInt16BE(0x8180 | (isKnown ? noError : noSuchName), 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(answers ? 1 : 0, 6);
    const record = answers ? [0xc0, 0x0c, 0, typeA, 0, 1, 0, 0, 0, 60, 0, 4, ...octets] : [];
    server.send(Buffer.concat([head, query.subarray(12, end + 4), Buffer.from(record)]), peer.port, peer.address);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.bind(53, '127.0.0.1', resolve);
  });
  return { stop: () => server.close() };
}

/** @returns the name that is asked for, and where its type begins */
function questionOf(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: `.${labels.join('.').toLowerCase()}`, end: at + 1 };
}
