import { createHmac, randomBytes } from 'node:crypto';
import { request } from 'node:https';
import { loopback } from '../../local/listen';
import { sentBody, sentId, type Receiver } from './receiver';

/** Sends a signed request over a new connection, as the product does, but without the guard and without limits. */
export function bareSender({ host, port, ca }: Receiver): () => Promise<void> {
  const key = randomBytes(32);
  return () =>
    new Promise((resolve, reject) => {
      const timestamp = String(Math.floor(Date.now() / 1000));
      const signature = createHmac('sha256', key).update(`${sentId}.${timestamp}.${sentBody}`).digest('base64');
      request({
        host: loopback,
        servername: host,
        port,
        ca,
        path: '/in',
        method: 'POST',
        agent: false,
        headers: {
          host,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(sentBody),
          'webhook-id': sentId,
          'webhook-timestamp': timestamp,
          'webhook-signature': `v1,${signature}`,
        },
      })
        .on('response', (response) => response.resume().on('end', resolve))
        .on('error', reject)
        .end(sentBody);
    });
}
