import { entityTag, maxTags, readTags, revisionIn } from '../../../functions/edge/http/entity-tag';

const opaque = (field: string) => {
  const tags = readTags(field);
  return tags === '*' || tags === undefined ? tags : tags.map((tag) => `${tag.isWeak ? 'W/' : ''}${tag.opaque}`);
};

it.each([
  ['*', '*'],
  ['\t* ', '*'],
  ['"xyzzy"', ['xyzzy']],
  ['W/"xyzzy"', ['W/xyzzy']],
  ['""', ['']],
  ['"xyzzy", "r2d2xxxx", W/"c3piozzzz"', ['xyzzy', 'r2d2xxxx', 'W/c3piozzzz']],
  ['"a,b","c"', ['a,b', 'c']],
  [',, "a" ,\t,"b",', ['a', 'b']],
  ['"!#é€"', ['!#é€']],
])('reads what RFC 9110 allows: %s', (field, tags) => {
  expect(opaque(field)).toEqual(tags);
});

it.each([
  '',
  ' ',
  ',',
  'a',
  '"a',
  'a"',
  '"a""b"',
  '"a" "b"',
  'w/"a"',
  'W/',
  'W /"a"',
  '*,"a"',
  '**',
  '"a b"',
  '"a\u007f"',
])('reads nothing else: %j', (field) => {
  expect(readTags(field)).toBeUndefined();
});

it('reads a bounded number of tags of a bounded length', () => {
  expect(readTags(Array(maxTags).fill('"a"').join())).toHaveLength(maxTags);
  expect(
    readTags(
      Array(maxTags + 1)
        .fill('"a"')
        .join(),
    ),
  ).toBeUndefined();
  expect(readTags(`"${'a'.repeat(5_000)}"`)).toBeUndefined();
});

it('makes a tag whose first part only an edit changes', () => {
  const tags = [entityTag('{"run":1}', 'revision'), entityTag('{"run":2}', 'revision')];

  expect(new Set(tags).size).toBe(2);
  expect(tags.flatMap((tag) => opaque(tag)).map((one) => revisionIn({ isWeak: false, opaque: String(one) }))).toEqual([
    'revision',
    'revision',
  ]);
});
