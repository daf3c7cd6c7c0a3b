import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { newSigningSecret, signatureHeader } from '../../../functions/domain/endpoint/signature';

function headersFor(secrets: readonly string[], id: string, body: string) {
  const timestampSeconds = Math.floor(Date.now() / 1000);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestampSeconds),
    'webhook-signature': signatureHeader(secrets, { id, timestampSeconds, body }),
  };
}

function verifies(secret: string, headers: Record<string, string>, body: string): boolean {
  try {
    new Webhook(secret).verify(body, headers, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}

test.each([
  ['an ordinary payload', '{"campaign":"spring-2026","owner":"marketing"}'],
  ['an empty payload', '{}'],
  ['no body at all', ''],
  ['unicode', JSON.stringify({ text: 'Grüße 🌱 日本 \u2028 \u0000 "quoted" \\ end' })],
  ['a lone surrogate', JSON.stringify({ text: '\ud800' })],
  ['20 KB', JSON.stringify({ text: 'ü'.repeat(10_000) })],
  ['full stops', '{"a":"1.2.3"}...'],
])('the reference library verifies %s', (_name, body) => {
  const secret = newSigningSecret();

  expect(verifies(secret, headersFor([secret], 'dlv_1', body), body)).toBe(true);
});

test('the reference library verifies any signed text, and refuses any changed one', () => {
  const secret = newSigningSecret();

  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 1 }), (body, change) => {
      const headers = headersFor([secret], 'dlv_1', body);
      expect(verifies(secret, headers, body)).toBe(true);
      expect(verifies(secret, headers, body + change)).toBe(false);
    }),
  );
});

test('during a rotation a receiver can verify with either secret, but with no third one', () => {
  const [old, current, other] = [newSigningSecret(), newSigningSecret(), newSigningSecret()];
  const headers = headersFor([current, old], 'dlv_1', '{}');

  expect(headers['webhook-signature']).toMatch(/^v1,\S{44} v1,\S{44}$/);
  expect(verifies(current, headers, '{}')).toBe(true);
  expect(verifies(old, headers, '{}')).toBe(true);
  expect(verifies(other, headers, '{}')).toBe(false);
});

test('a signature is valid for one id and one timestamp only', () => {
  const secret = newSigningSecret();
  const headers = headersFor([secret], 'dlv_1', '{}');

  expect(verifies(secret, { ...headers, 'webhook-id': 'dlv_2' }, '{}')).toBe(false);
  expect(
    verifies(secret, { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) - 1) }, '{}'),
  ).toBe(false);
});

test('a secret is whsec_ followed by 32 random bytes in base64', () => {
  const secrets = Array.from({ length: 100 }, newSigningSecret);

  expect(new Set(secrets).size).toBe(100);
  for (const secret of secrets) expect(Buffer.from(secret.replace(/^whsec_/, ''), 'base64')).toHaveLength(32);
});
