import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const tag = {
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  sequence: 0x30,
  set: 0x31,
  utcTime: 0x17,
  dnsName: 0x82,
  version: 0xa0,
  extensions: 0xa3,
};
const ecdsaWithSha256 = der(tag.sequence, der(tag.oid, Buffer.from('2a8648ce3d040302', 'hex')));
const commonName = der(tag.oid, Buffer.from('550403', 'hex'));
const subjectAltName = der(tag.oid, Buffer.from('551d11', 'hex'));

/**
 * Generates a self-signed certificate (RFC 5280) with Node alone: a key in the repository would look like a leaked one,
 * and not every machine has openssl.
 */
export function makeCertificate(hostname: string): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = der(tag.sequence, der(tag.set, der(tag.sequence, commonName, der(tag.utf8, Buffer.from(hostname)))));
  const altNames = der(tag.octets, der(tag.sequence, der(tag.dnsName, Buffer.from(hostname))));
  const body = der(
    tag.sequence,
    der(tag.version, der(tag.integer, Buffer.from([2]))),
    der(tag.integer, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    name,
    der(tag.sequence, utcTime(-86_400_000), utcTime(86_400_000)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(tag.extensions, der(tag.sequence, der(tag.sequence, subjectAltName, altNames))),
  );
  const signature = der(tag.bits, Buffer.from([0]), sign('sha256', body, privateKey));
  const certificate = der(tag.sequence, body, ecdsaWithSha256, signature);
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${linesOf(certificate.toString('base64'))}\n-----END CERTIFICATE-----\n`,
  };
}

/** Splits base64 into lines of 64 characters, never with an empty last line, which OpenSSL refuses. */
function linesOf(base64: string): string {
  return base64.match(/.{1,64}/g)?.join('\n') ?? '';
}

/** One DER value: tag, length, contents. */
function der(type: number, ...contents: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(contents);
  const size =
    bytes.length < 128
      ? [bytes.length]
      : bytes.length < 256
        ? [0x81, bytes.length]
        : [0x82, bytes.length >> 8, bytes.length & 0xff];
  return Buffer.concat([Buffer.from([type, ...size]), bytes]);
}

function utcTime(fromNowMs: number): Buffer {
  const digits = new Date(Date.now() + fromNowMs).toISOString().replace(/[^\d]/g, '').slice(2, 14);
  return der(tag.utcTime, Buffer.from(`${digits}Z`));
}
