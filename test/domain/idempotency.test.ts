import { fingerprint, hashKey, judgeClaim, readKeyArgument, readKeyHeader } from '../../functions/domain/idempotency';
import { aClaim, noon } from '../support/builders';

const judge = (claim: ReturnType<typeof aClaim> | undefined, at = noon) => judgeClaim(claim, 'print', at);
const refusal = (code: string) => expect.objectContaining({ code });

describe('a request with an Idempotency-Key', () => {
  it('is new if its key was not used before', () => {
    expect(judge(undefined)).toBe('new');
  });

  it('is a replay if the first request has completed', () => {
    expect(judge(aClaim({ result: '7' }))).toEqual({ replay: '7' });
  });

  it('is asked to retry later while the first request is in progress', () => {
    expect(() => judge(aClaim())).toThrow(
      expect.objectContaining({ code: 'idempotency_in_progress', retryAfterSeconds: 2 }),
    );
  });

  it('takes the claim over when the lease of a crashed request ends', () => {
    expect(() => judge(aClaim(), new Date('2026-11-22T12:00:59.999Z'))).toThrow(refusal('idempotency_in_progress'));
    expect(judge(aClaim(), new Date('2026-11-22T12:01:00.000Z'))).toBe('take_over');
  });

  it.each([
    ['has completed', aClaim({ fingerprint: 'other', result: '7' })],
    ['is in progress', aClaim({ fingerprint: 'other' })],
    ['has crashed', aClaim({ fingerprint: 'other', lease_until: '2026-11-22T11:00:00.000Z' })],
  ])('is refused if its key belongs to another request that %s', (_what, claim) => {
    expect(() => judge(claim)).toThrow(refusal('idempotency_key_reused'));
  });

  it('may reuse a key 24 hours after its first use, even if the requests differ', () => {
    const answered = aClaim({ fingerprint: 'other', result: '7' });

    expect(() => judge(answered, new Date('2026-11-23T11:59:59.999Z'))).toThrow(refusal('idempotency_key_reused'));
    expect(judge(answered, new Date('2026-11-23T12:00:00.000Z'))).toBe('new');
  });
});

describe('an Idempotency-Key', () => {
  it.each([
    ['nightly-7', 'nightly-7'],
    ['"nightly-7"', 'nightly-7'],
    ['x'.repeat(255), 'x'.repeat(255)],
    [' ', ' '],
  ])('%j is the key %j', (header, key) => {
    expect(readKeyHeader(header)).toEqual({ key, faults: [] });
  });

  it('may be absent', () => {
    expect(readKeyHeader(undefined)).toEqual({ faults: [] });
  });

  it.each(['', '""', 'x'.repeat(256), 'schlüssel', 'a\tb', '🌱'])(
    'has 1 to 255 printable ASCII characters: %j is refused',
    (header) => {
      const detail = 'Must be 1 to 255 printable ASCII characters without a comma.';
      expect(readKeyHeader(header)).toEqual({
        faults: [{ header: 'Idempotency-Key', code: 'invalid_idempotency_key', detail }],
      });
    },
  );

  it.each(['nightly-7,nightly-7', 'a, b', '"a","a"', '"a,b"', ','])(
    'that is sent twice is never taken for a third one: %j is refused',
    (header) => {
      const detail = 'Send this header once. A key has no comma, because a header that is sent twice arrives with one.';
      expect(readKeyHeader(header)).toEqual({
        faults: [{ header: 'Idempotency-Key', code: 'invalid_idempotency_key', detail }],
      });
    },
  );

  it.each([
    ['nightly, at 7', 'nightly, at 7'],
    ['"schlüssel"', 'schlüssel'],
  ])('as an argument of a tool is any text: %j is the key %j', (argument, key) => {
    expect(readKeyArgument(argument, '#/idempotency_key')).toEqual({ key, faults: [] });
  });

  it.each(['', 'x'.repeat(256)])('as an argument has 1 to 255 characters: %j is refused', (argument) => {
    expect(readKeyArgument(argument, '#/idempotency_key')).toEqual({
      faults: [
        { pointer: '#/idempotency_key', code: 'invalid_idempotency_key', detail: 'Must be 1 to 255 characters.' },
      ],
    });
  });

  it('is stored as a hash, whatever characters it has', () => {
    expect(hashKey('#\n🌱')).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('the fingerprint of a request', () => {
  it('does not depend on the order of keys at any depth', () => {
    expect(fingerprint('trigger', { a: { x: 1, y: [{ p: 1, q: 2 }] }, b: 2 })).toBe(
      fingerprint('trigger', { b: 2, a: { y: [{ q: 2, p: 1 }], x: 1 } }),
    );
  });

  it.each([
    [{ a: 1 }, { a: '1' }],
    [{ a: [1, 2] }, { a: [2, 1] }],
    [{}, { a: null }],
    [{ a: {} }, { a: [] }],
    [{}, JSON.parse('{"__proto__": 1}')],
  ])('differs between %j and %j', (one, other) => {
    expect(fingerprint('trigger', one)).not.toBe(fingerprint('trigger', other));
  });

  it('differs between operations', () => {
    expect(fingerprint('trigger', {})).not.toBe(fingerprint('rerun', {}));
  });
});
