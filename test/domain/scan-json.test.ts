import fc from 'fast-check';
import { jsonDepth } from '../../functions/domain/json';
import { scanJson } from '../../functions/domain/scan-json';

const scan = (json: string) => scanJson(Buffer.from(json));

test.each([
  ['1', 0],
  ['"[[["', 0],
  ['"\\"[["', 0],
  ['"\\\\"', 0],
  ['{}', 1],
  ['{"[":"{"}', 1],
  ['[[],[[]]]', 3],
  // A long text without an escape is not looked at byte by byte.
  [JSON.stringify(['[{'.repeat(500), [[1]], ']'.repeat(65), {}]), 3],
  ['{"a":[{"b":"\\\\"}]}', 3],
])('%s nests so many levels', (json, levels) => {
  expect(scan(json).levels).toBe(levels);
});

test.each([
  ['"\\ud800"', true],
  ['"\\uDC00"', true],
  ['"\\udC00\\uD800"', true],
  ['"\\ud800\\ud800\\udc00"', true],
  ['"\\ud800x\\udc00"', true],
  ['{"\\udfff":1}', true],
  ['"\\ud83e\\udde8"', false],
  ['"\\uD83E\\uDDE8\\ud83e\\udde8"', false],
  ['"🧨"', false],
  ['"\\\\ud800"', false],
  ['"\\\\\\ud800"', true],
  ['"\\u0064\\u0038"', false],
  ['"ud800"', false],
])('half of a character is found in %s: %s', (json, found) => {
  expect(scan(json).hasLoneSurrogate).toBe(found);
});

test('any JSON is scanned as a walk over its value would judge it', () => {
  const unit = fc.oneof(
    fc.constantFrom('\ud83e', '\udde8', '\\', '"', '[', '{', 'u', 'd'),
    fc.string({ maxLength: 2 }),
  );
  const text = fc.array(unit, { maxLength: 6 }).map((units) => units.join(''));
  const json = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, text, fc.array(tie('value')), fc.dictionary(text, tie('value'))),
  })).value;

  fc.assert(
    fc.property(json, (value) => {
      // `JSON.stringify` escapes a lone surrogate only, so pairs are escaped here too.
      const written = JSON.stringify(value).replace(
        /[\ud800-\udfff]/g,
        (half) => `\\u${half.charCodeAt(0).toString(16)}`,
      );
      expect(scan(written)).toEqual({
        levels: jsonDepth(value, 100),
        // Without the escaped backslashes, after which `ud` is text.
        hasLoneSurrogate: JSON.stringify(value).replaceAll('\\\\', '').includes('\\ud'),
      });
    }),
  );
});
