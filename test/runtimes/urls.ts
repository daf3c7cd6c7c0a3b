import { encodePunycode } from '../../functions/domain/endpoint/host/punycode';
import { allowedUrls, refusedUrls } from '../domain/endpoint/url-cases';
import { seededRandom } from './random';

/** Blocks of Unicode whose letters, marks, digits and symbols are treated in many ways: first and last code point. */
const blocks = [
  [0x80, 0x24f],
  [0x300, 0x36f],
  [0x370, 0x52f],
  [0x590, 0x8ff],
  [0x900, 0xdff],
  [0xe00, 0x11ff],
  [0x13a0, 0x1fff],
  [0x2000, 0x2bff],
  [0x2c00, 0x33ff],
  [0x4e00, 0x4fff],
  [0xa4d0, 0xabff],
  [0xac00, 0xadff],
  [0xd7b0, 0xdfff],
  [0xf900, 0xffff],
  [0x10000, 0x11fff],
  [0x16800, 0x1bcff],
  // Symbols for Legacy Computing, where Unicode 16 and 17 added many
  [0x1cc00, 0x1cfff],
  [0x1d400, 0x1dfff],
  [0x1e000, 0x1efff],
  [0x1f000, 0x1faff],
  [0x2ebf0, 0x2ee5d],
  [0x2f800, 0x2fa1f],
  [0x31350, 0x33479],
  [0xe0000, 0xe01ef],
] as const;

const ascii = 'abcdefghijklmnopqrstuvwxyz0123456789-';

const random = seededRandom(20261130);
const plain = () => random.one(Array.from(ascii));
const foreign = () => {
  const [first, last] = random.one(blocks);
  return String.fromCodePoint(first + random.below(last - first + 1));
};
const mixed = () => (random.below(3) === 0 ? plain() : foreign());
/** Neighbours of one block, as in real words. */
const word = () => {
  const [first, last] = random.one(blocks);
  return random.text(2 + random.below(5), () => String.fromCodePoint(first + random.below(last - first + 1)));
};

/** Words from right to left, with digits, hyphens and other letters among them. */
const rightToLeft = () =>
  random.text(1 + random.below(6), () => {
    const [first, last] = random.one([
      [0x5d0, 0x5f4],
      [0x591, 0x5c7],
      [0x61c, 0x6ff],
      [0x700, 0x8ff],
      [0x30, 0x39],
      [0x2d, 0x2d],
      [0x61, 0x66],
    ]);
    return String.fromCodePoint(first + random.below(last - first + 1));
  });

const kindsOfLabel: readonly (() => string)[] = [
  () => `xn--${random.text(1 + random.below(14), plain)}`,
  () => `xn--${encodePunycode(foreign())}`,
  () => `xn--${encodePunycode(random.text(1 + random.below(6), mixed))}`,
  () => `xn--${encodePunycode(word())}`,
  () => random.text(1 + random.below(6), mixed),
  word,
  () => `xn--${encodePunycode(rightToLeft())}`,
  rightToLeft,
  () => random.text(1 + random.below(20), plain),
  // One character of ASCII, whatever it is, within a label.
  () => `a${String.fromCharCode(random.below(128))}b`,
];

const labels = Array.from({ length: 30_000 }, (_, index) => kindsOfLabel[index % kindsOfLabel.length]!());

const numbers = [
  '0',
  '1',
  '01',
  '08',
  '0x1',
  '0x',
  '0X7F',
  '127',
  '255',
  '256',
  '4294967295',
  '4294967296',
  '１',
  '١',
  '₁',
  '①',
];
const dots = ['.', '。', '．', '｡', '%2e', '..'];
const fixedHosts = [
  ...numbers,
  ...numbers.flatMap((one) => dots.map((dot) => `127${dot}0.0${dot}${one}`)),
  ...numbers.flatMap((one) => [`a.${one}`, `xn--a.${one}`, `${one}.com`, `${one}.`, `xn--${one}.com`]),
  ...['::1', '::', '1', '1:2', 'fe80::1%eth0', '::ffff:1.2.3.4', '::1.2.3', 'v1.x', '2001:db8::1', ''].map(
    (ip) => `[${ip}]`,
  ),
  ...[
    'ß',
    'ς',
    'ẞ',
    'ǆ',
    'İ',
    'ı',
    'ſ',
    'K',
    'Å',
    'ﬁ',
    '½',
    '㎏',
    '㍿',
    'a\u0308',
    '\u0308a',
    '\u00ad',
    '\u200d',
    '\u200c',
  ],
  ...[
    'न्\u200d',
    'ن\u200cه',
    '१',
    '٣',
    '۳',
    'אב',
    'אa',
    'aא',
    'א1',
    '1א',
    'א-',
    'شا',
    '👨‍👩‍👧',
    '❤️',
    '🏴‍☠️',
    '\ufeff',
    '\u2028',
    '\ud800',
    '\ufffd',
  ],
  ...[
    'xn--',
    'xn---',
    'xn--a-',
    'xn--ü',
    'XN--BCHER-KVA',
    'xn--bcher-KVA',
    'xn--xn--a',
    'xn--a.xn--bcher-kva',
    'Xn--A',
  ],
  ...[
    'a'.repeat(63),
    'a'.repeat(64),
    'ü'.repeat(50),
    'ü'.repeat(63),
    '日'.repeat(20),
    'a.'.repeat(126),
    'ü.'.repeat(40),
  ],
];

const schemes = [
  'https:',
  'HTTPS:',
  'http:',
  'ftp:',
  'ws:',
  'wss:',
  'file:',
  'javascript:',
  'data:',
  'app:',
  'com.app:',
  '',
];
const shapes = (host: string) => [
  ...schemes.flatMap((scheme) => ['', '/', '//', '///'].map((slashes) => `${scheme}${slashes}${host}`)),
  ...[':443', ':0443', ':', ':80', ':65536', ':x', ':-1', ':４４３'].map((port) => `https://${host}${port}/`),
  ...['@', ':@', 'u@', 'u:p@', ':p@', 'a%40b@', 'a@b@'].map((user) => `https://${user}${host}/`),
];

const written = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
const rests = [
  ...written.flatMap((character) => [`/a${character}b`, `/?a${character}b`, `/#a${character}b`]),
  ...[
    '/../a',
    '/a/./b/..',
    '/%2e%2E/x',
    '/.%2e',
    '//x',
    '/ü',
    '/日?ü#ü',
    '/%zz',
    '/%',
    '?',
    '?#',
    '#',
    '/\ud800',
    '/?\udfff',
    '/e\u0301',
    '/\u{1cc00}',
  ],
];

/** URLs of every kind, the same on every Node. */
export const urls: readonly string[] = [
  ...new Set([
    ...allowedUrls.map(([given]) => given),
    ...refusedUrls.map(([given]) => given),
    ...fixedHosts.flatMap((host) => [`https://${host}/`, `https://${host}.example.com/`, `https://a.${host}/x`]),
    ...['example.com', 'xn--a.com', 'xn--bcher-kva.de', 'BÜCHER.de', '127.1', '[::1]', ''].flatMap(shapes),
    ...rests.map((rest) => `https://example.com${rest}`),
    ...labels.flatMap((label, at) =>
      at % 4 === 0 ? `https://hooks.${label}.${labels[at + 1] ?? ''}/` : `https://${label}.com/`,
    ),
  ]),
];
