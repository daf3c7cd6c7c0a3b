import { createHmac } from 'node:crypto';
import type { Arrival } from '../../e2e/receivers/cases';

/** What somebody could make of a delivery that they saw. No library may accept any of it. */
export function tamperedWith(arrival: Arrival): Arrival[] {
  const { headers, body, secret } = arrival;
  const [id, timestamp, signature] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    String(headers[name as keyof typeof headers]),
  ) as [string, string, string];
  const flipped = Buffer.from(body);
  flipped[body.length - 2]! ^= 1;
  const later = String(Number(timestamp) + 1);
  const old = String(Number(timestamp) - 3_600);
  const changes: Record<string, Partial<Arrival>> = {
    'a flipped bit of the body': { body: flipped },
    'a byte more': { body: Buffer.concat([body, Buffer.from('\n')]) },
    'a byte less': { body: body.subarray(0, -1) },
    'another id': { headers: { ...headers, 'webhook-id': `${id}0` } },
    'a later timestamp': { headers: { ...headers, 'webhook-timestamp': later } },
    'an old timestamp that is signed': {
      headers: { ...headers, 'webhook-timestamp': old, 'webhook-signature': signed(secret, id, old, body) },
    },
    'a signature by another secret': {
      headers: { ...headers, 'webhook-signature': signed(`whsec_${'A'.repeat(44)}`, id, timestamp, body) },
    },
    'another version of the signature': {
      headers: { ...headers, 'webhook-signature': signature.replaceAll('v1,', 'v2,') },
    },
    'no signature': { headers: { ...headers, 'webhook-signature': undefined } },
    'another secret': { secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}` },
  };
  return Object.entries(changes).map(([how, change]) => ({
    ...arrival,
    ...{ name: `${arrival.name}, with ${how}`, accepted: false },
    ...change,
  }));
}

function signed(secret: string, id: string, timestamp: string, body: Buffer): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
}
