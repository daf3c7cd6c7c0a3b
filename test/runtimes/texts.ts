import { seededRandom } from './random';

/** Names that show what a version of Unicode knows: invisible characters, compatibility forms, characters of Unicode 16 and 17. */
export const names: readonly string[] = [
  ...[
    'Claude',
    '  Cla\u200bude\n\tCode ',
    '\u202eedualC',
    'Ｃｌａｕｄｅ',
    'ﬁne ½ ㎏',
    'e\u0301 é',
    'Å K ſ',
    '👨‍👩‍👧 team',
    '🇩🇪',
    'a\u0000b',
  ],
  ...[
    '\u{1ccd6}\u{1ccd7}',
    '\ua7f1',
    '\u{1fae9}',
    '\u{113c7}\u{113c2}',
    '\u{e0001}tag',
    '\ue000',
    '\ufdd0',
    '\u0378',
    '\ud800x',
    '\ufeffBOM',
  ],
  'x'.repeat(79) + '👍',
  ...randomTexts(2_000),
];

/** Bodies that are no JSON, or are so only just. */
export const bodies: readonly string[] = [
  ...[
    '{',
    '}',
    '{"a":}',
    '{"a" 1}',
    '[1,]',
    '[1 2]',
    'nul',
    'tru',
    '',
    ' ',
    '01',
    '-',
    '1e',
    '1.',
    '.5',
    '"a',
    '"\\x"',
    '"\\u12"',
  ],
  ...[
    '{"a":1}}',
    '{"a":1,}',
    "{'a':1}",
    '{"":',
    '"\n"',
    '\u0001',
    '\ufeff{}',
    '{"a":1}\u0000',
    'NaN',
    '{"a":Infinity}',
    '{"a":"\\ud800"}',
  ],
  ...['{"a":1e21}', '{"a":12345678901234567890}', '{"a":0.1}', '{"a":-0}', '{"a":1,"a":2}', '[]', 'null', '"x"', '7'],
  '['.repeat(200),
];

export const numbers = [
  '1e21',
  '1e-7',
  '-0',
  '0.1',
  '0.30000000000000004',
  '1e308',
  '5e-324',
  '9007199254740991',
  '123456789.125',
  '1.5E+3',
  '100000000000000000000',
] as const;

export const times = [
  ...[
    '2026-11-22T12:00:00Z',
    '2026-11-22T12:00:00.123456Z',
    '2026-11-22T12:00:00+05:30',
    '2026-02-30T00:00:00Z',
    '2026-11-22',
    '0000-01-01T00:00:00Z',
  ],
  ...[
    '9999-12-31T23:59:59-12:00',
    '+010000-01-01T00:00:00Z',
    '2026-11-22T24:00:00Z',
    '2026-11-22 12:00:00Z',
    '2026-11-22t12:00:00z',
    '2026-11-22T12:00Z',
  ],
  ...[
    'Sun, 22 Nov 2026 12:00:09 GMT',
    'Sunday, 22-Nov-26 12:00:09 GMT',
    'Sun Nov 22 12:00:09 2026',
    '22 Nov 2026',
    'Nov 22, 2026',
    '1e3',
    '120',
    '1.5',
    '-1',
    'tomorrow',
  ],
];

function randomTexts(count: number): string[] {
  const random = seededRandom(7);
  const character = () => String.fromCodePoint(random.below(random.one([0x80, 0x3000, 0x10000, 0x20000, 0x110000])));
  return Array.from({ length: count }, () => random.text(1 + random.below(12), character));
}
