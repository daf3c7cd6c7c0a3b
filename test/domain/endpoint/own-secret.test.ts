import { ownSecretSchema } from '../../../functions/domain/endpoint/signature';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Standard Webhooks: 24 to 64 bytes in base64, here as RFC 4648 writes them, with unused bits of 0 (section 3.5). */
function isBase64Of24To64Bytes(text: string): boolean {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length >= 24 && bytes.length <= 64 && bytes.toString('base64') === text;
}

test('a secret of one’s own is accepted exactly if it is 24 to 64 bytes in base64, whatever its last letters are', () => {
  let accepted = 0;
  for (let length = 20; length <= 96; length += 1) {
    for (const last of alphabet) {
      for (const padding of ['', '=', '==', '===']) {
        const text = 'b'.repeat(length) + last + padding;
        const { success } = ownSecretSchema.safeParse(`whsec_${text}`);
        expect([text, success]).toEqual([text, isBase64Of24To64Bytes(text)]);
        if (success) accepted += 1;
      }
    }
  }
  expect(accepted).toBeGreaterThan(1_000);
});
