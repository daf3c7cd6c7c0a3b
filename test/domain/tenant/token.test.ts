import { hashToken, isUsable, newToken, tokenKindOf } from '../../../functions/domain/tenant/token';
import { aToken, noon } from '../../support/builders';

describe('a token', () => {
  it.each(['pat', 'mcp'] as const)(
    'of kind %s has its kind as a prefix, 30 random characters and a checksum of 6',
    (kind) => {
      const token = newToken(kind);

      expect(token).toMatch(new RegExp(`^cwf_${kind}_[0-9A-Za-z]{36}$`));
      expect(tokenKindOf(token)).toBe(kind);
      expect(newToken(kind)).not.toBe(token);
    },
  );

  it('has a checksum of its own text, CRC32 in base62, so that secret scanners can recognise it', () => {
    // Calculated with another implementation of CRC32.
    expect(tokenKindOf(`cwf_pat_${'0'.repeat(30)}04Gqx6`)).toBe('pat');
  });

  it('with any one character changed is refused without a read of the table', () => {
    const token = newToken('pat');

    for (let place = 0; place < token.length; place += 1) {
      const other = token[place] === 'a' ? 'b' : 'a';
      expect(tokenKindOf(token.slice(0, place) + other + token.slice(place + 1))).toBeUndefined();
    }
  });

  it.each([
    ['nothing', ''],
    ['another prefix', 'ghp_0123456789'],
    ['a character more', `${newToken('pat')}0`],
    ['a character less', newToken('pat').slice(0, -1)],
    ['a line end', `${newToken('pat')}\n`],
    ['the other kind’s prefix', newToken('pat').replace('pat', 'mcp')],
  ])('is not %s', (_what, text) => {
    expect(tokenKindOf(text)).toBeUndefined();
  });

  it('is stored as its SHA-256 only', () => {
    expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('a stored token', () => {
  const later = '2026-11-22T12:00:00.001Z';

  it.each([
    ['that never expires works', aToken(), true],
    ['works until it expires', aToken({ expires_at: later }), true],
    ['does not work from the moment it expires', aToken({ expires_at: noon.toISOString() }), false],
    ['does not work once revoked', aToken({ revoked_at: later }), false],
  ])('%s', (_what, token, usable) => {
    expect(isUsable(token, noon)).toBe(usable);
  });
});
