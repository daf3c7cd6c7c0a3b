import { createSocket } from 'node:dgram';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { asciiLabel } from '../../functions/domain/endpoint/host/label';
import { judgeEndpointUrl } from '../../functions/domain/endpoint/url';
import { hostResolver } from '../../functions/guard/resolve-host';
import { loopback } from '../../local/listen';
import { urls } from './urls';

const allowed = urls.flatMap((url) => {
  const judged = judgeEndpointUrl(url, { ownHosts: [] });
  return 'allowed' in judged ? [judged.allowed] : [];
});

test('every URL that is accepted passes the parser of this Node unchanged', () => {
  const changed = allowed.filter(({ url, hostname }) => {
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    return parsed?.href !== url || parsed.hostname !== hostname;
  });

  expect(allowed.length).toBeGreaterThan(6_000);
  expect(changed).toEqual([]);
});

test('what is accepted in letters outside ASCII is what this Node makes of it too', () => {
  const differing = urls.filter((url) => {
    const judged = judgeEndpointUrl(url, { ownHosts: [] });
    return 'allowed' in judged && new URL(url).hostname.replace(/\.$/, '') !== judged.allowed.hostname;
  });

  expect(differing).toEqual([]);
});

test('each character written from right to left is accepted only where this Node accepts it', () => {
  const characters = Array.from({ length: 0x900 - 0x590 }, (_, index) => String.fromCodePoint(0x590 + index));
  const labels = characters.flatMap((one) => [
    one,
    `${one}א`,
    `א${one}`,
    `א${one}1`,
    `ع${one}ع`,
    `${one}1`,
    `ع1${one}`,
  ]);
  const accepted = labels.flatMap((label) => asciiLabel(label) ?? []);

  expect(accepted.length).toBeGreaterThan(1_500);
  expect(accepted.filter((label) => !URL.canParse(`https://${label}.com/`))).toEqual([]);
});

test('the certificate of every accepted host is verified by that very name', () => {
  const refused = allowed.filter(({ hostname }) => {
    const certificate = { subject: { CN: '' }, subjectaltname: `DNS:${hostname}` } as unknown as PeerCertificate;
    return checkServerIdentity(hostname, certificate) !== undefined;
  });

  expect(refused).toEqual([]);
});

test('name servers are asked for the very name that was judged', async () => {
  const hosts = allowed.map(({ hostname }) => hostname).filter((host) => host.includes('xn--'));
  const asked = new Set<string>();
  const server = createSocket('udp4').on('message', (query, peer) => {
    asked.add(nameIn(query));
    // The code of a name that does not exist, so that nothing is asked twice.
    query.writeUInt16BE(0x8183, 2);
    server.send(query, peer.port, peer.address);
  });
  await new Promise<void>((resolve) => server.bind(0, loopback, resolve));
  const resolve = hostResolver([`${loopback}:${server.address().port}`]);
  const some = hosts.filter((_, at) => at % 20 === 0);

  for (const host of some) await resolve(host);
  await new Promise<void>((closed) => server.close(closed));

  expect(some.length).toBeGreaterThan(100);
  expect([...asked]).toEqual([...new Set(some)]);
});

function nameIn(query: Buffer): string {
  const labels: string[] = [];
  for (let at = 12; query[at] !== 0; at += query[at]! + 1)
    labels.push(query.toString('latin1', at + 1, at + 1 + query[at]!));
  return labels.join('.');
}
