import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Certificate {
  readonly certificateFile: string;
  readonly cert: Buffer;
  readonly key: Buffer;
}

const servedNames = [
  '*.cloudfront.net',
  '*.amazonaws.com',
  '*.us-east-1.amazonaws.com',
  '*.auth.us-east-1.amazoncognito.com',
];

/** Makes a certificate that signs itself, for the names that the network serves. */
export function makeCertificate(folder: string, receiverHost: string): Certificate {
  const [certificateFile, keyFile] = [join(folder, 'network.pem'), join(folder, 'network.key')];
  const names = [...servedNames, receiverHost].map((name) => `DNS:${name}`).join(',');
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
      ...['-subj', '/CN=network of the judge', '-addext', `subjectAltName=${names}`],
      ...['-keyout', keyFile, '-out', certificateFile],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  return { certificateFile, cert: readFileSync(certificateFile), key: readFileSync(keyFile) };
}
