import fc from 'fast-check';
import { judgeNumber } from '../../functions/domain/exact-number';
import { inexactPlaces } from '../../functions/domain/inexact-places';
import { inexactRefusal, maxPointerCharacters } from '../../functions/domain/inexact-refusal';

const found = (json: string, limit = 101) => inexactPlaces(json, judgeNumber, limit);
const pointers = (json: string) => inexactRefusal(json)?.faults.map(({ pointer, code }) => [pointer, code]) ?? [];

test.each<[string, [string, string][]]>([
  ['1e400', [['#', 'invalid_number']]],
  ['{"input":{"id":9007199254740993}}', [['#/input/id', 'invalid_number']]],
  ['[1,[2,{"a":[3,1e400]},-1e400],1e400]', [['#/1/1/a/1', 'invalid_number'], ['#/1/2', 'invalid_number'], ['#/2', 'invalid_number']]], // prettier-ignore
  ['{"a":{"b":1},"c":1e400}', [['#/c', 'invalid_number']]],
  ['{"a/b~c":{"é %":1e400}}', [['#/a~1b~0c/%C3%A9%20%25', 'invalid_number']]],
  ['{"\\u0061\\n\\"":1e400}', [['#/a%0A%22', 'invalid_number']]],
  ['{"":1e400}', [['#/', 'invalid_number']]],
  ['{"a":1,"a":1}', [['#/a', 'repeated_name']]],
  ['{"a":1,"\\u0061":1}', [['#/a', 'repeated_name']]],
  ['{"\\u0061":1,"a":1}', [['#/a', 'repeated_name']]],
  ['{"é":1,"\\u00E9":1}', [['#/%C3%A9', 'repeated_name']]],
  ['{"/":1,"\\/":1}', [['#/~1', 'repeated_name']]],
  ['{"":1,"":1}', [['#/', 'repeated_name']]],
  ['{"1":1,"1":1}', [['#/1', 'repeated_name']]],
  ['{"a":{"a":1},"b":[{"a":1},{"a":1}]}', []],
  ['{"a":{"a":1},"a":1}', [['#/a', 'repeated_name']]],
  [
    '{"a":{"b":1,"b":1e400}}',
    [
      ['#/a/b', 'repeated_name'],
      ['#/a/b', 'invalid_number'],
    ],
  ],
  ['{"A":1,"a":1}', []],
  ['{"constructor":1,"toString":1,"__proto__":1,"hasOwnProperty":1}', []],
  ['{"__proto__":{"__proto__":1e400}}', [['#/__proto__/__proto__', 'invalid_number']]],
  ['{"__proto__":1,"__proto__":1}', [['#/__proto__', 'repeated_name']]],
  ['{"constructor":1,"constructor":1}', [['#/constructor', 'repeated_name']]],
  ['{"a":"1e400","9007199254740993":"\\"a\\":1,\\\\","b":"{\\"a\\":1e400"}', []],
  ['{"a":"\\\\","b":1e400}', [['#/b', 'invalid_number']]],
  [' {\n\t"a" : [ 1 ,\r\n 1e400 ] , "b" : true } ', [['#/a/1', 'invalid_number']]],
  ['[true,false,null,"e",{}]', []],
])('%s is refused at these places: %j', (json, places) => {
  expect(pointers(json)).toEqual(places);
});

test('a repeated name is found among few names and among thousands', () => {
  for (const count of [1, 2, 7, 8, 9, 10, 5000]) {
    const names = Array.from({ length: count }, (_, index) => `"${index * 7}":0`);
    const last = (count - 1) * 7;

    expect(found(`{${names.join()}}`)).toEqual([]);
    expect(found(`{${names.join()},"0":1}`)).toEqual([{ path: ['0'], fault: 'repeated_name' }]);
    expect(found(`{${names.join()},"${last}":1,"x":2}`)).toEqual([{ path: [`${last}`], fault: 'repeated_name' }]);
  }
});

test('at most 100 places are listed, and the refusal says that there are more', () => {
  const many = (count: number) => inexactRefusal(`[${Array(count).fill('1e400').join()}]`);

  expect(many(100)?.faults).toHaveLength(100);
  expect(many(100)?.message).not.toContain('more faults');
  expect(many(101)?.faults).toHaveLength(100);
  expect(many(101)?.message).toContain('There are more faults than the 100 listed');
});

test('a hundred pointers below a hundred long names do not make an answer of megabytes', () => {
  const name = '🧨'.repeat(300);
  const deep = `${`{"${name}":`.repeat(98)}[${Array(200).fill('1e400').join()}]${'}'.repeat(98)}`;

  const faults = inexactRefusal(deep)?.faults ?? [];

  expect(faults).toHaveLength(100);
  for (const { pointer } of faults) expect(pointer?.endsWith('/…')).toBe(true);
  expect(JSON.stringify(faults).length).toBeLessThan(100 * 4 * maxPointerCharacters);
});

test('a message says what to do, and a repeated name is graver than a number', () => {
  expect(inexactRefusal('{"id":9007199254740992}')).toMatchObject({
    code: 'invalid_number',
    message:
      'The JSON holds a number that cannot be kept exactly. First: #/id: A whole number beyond 9007199254740991 is not ' +
      'exact for every program; send it as a string.',
  });
  expect(inexactRefusal('{"id":1e400}')?.message).toMatch(/First: #\/id: .*; send it as a string\.$/);
  expect(inexactRefusal('{"id":1e400,"id":1}')).toMatchObject({
    code: 'malformed_json',
    message: expect.stringMatching(/^The JSON repeats a name in an object\./),
  });
});

test('any JSON is refused exactly where a number was made inexact or a name was repeated', () => {
  const name = fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('__proto__', 'constructor', '0', '\\', '"', 'é'));
  const bad = fc.constantFrom('1e400', '9007199254740993', '0.1234567890123456789');
  const node = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.oneof(
        fc.constantFrom('0', '-1.5e3', 'true', 'null'),
        fc.string().map((text) => JSON.stringify(text)),
      ),
      bad,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.array(fc.tuple(name, tie('value')), { maxLength: 12 }).map((members) => ({ members })),
    ),
  })).value;
  const escaped = (text: string) =>
    `"${Array.from(text, (one, index) => (index % 2 === 0 ? `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}` : JSON.stringify(one).slice(1, -1))).join('')}"`; // prettier-ignore
  const isBad = (text: string) => /^(1e400|9007199254740993|0\.1234567890123456789)$/.test(text);

  /** Writes the tree, and collects where it is inexact. */
  const write = (tree: any, path: (string | number)[], faults: string[]): string => {
    if (typeof tree === 'string') {
      if (isBad(tree)) faults.push(JSON.stringify(path));
      return tree;
    }
    if (Array.isArray(tree)) return `[${tree.map((item, index) => write(item, [...path, index], faults)).join()}]`;
    const seen: string[] = [];
    const members = tree.members.map(([key, value]: [string, unknown], index: number) => {
      if (seen.includes(key)) faults.push(JSON.stringify([...path, key]));
      seen.push(key);
      return `${index % 3 === 0 ? escaped(key) : JSON.stringify(key)}:${write(value, [...path, key], faults)}`;
    });
    return `{${members.join()}}`;
  };

  fc.assert(
    fc.property(node, (tree) => {
      const faults: string[] = [];
      const json = write(tree, [], faults);
      JSON.parse(json);

      expect(found(json, 1000).map(({ path }) => JSON.stringify(path))).toEqual(faults);
    }),
    { numRuns: 500 },
  );
});
