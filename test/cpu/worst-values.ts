import { maxBodyBytes } from '../../functions/edge/http/body';

/** Makes JSON text of about `bytes` bytes, never more. */
type WorstValue = (bytes: number) => string;

const repeated = (open: string, item: (index: number) => string, close: string): WorstValue => {
  return (bytes) => {
    const items: string[] = [];
    let left = bytes - open.length - close.length;
    for (let index = 0; ; index += 1) {
      const text = item(index);
      left -= Buffer.byteLength(text) + 1;
      if (left < 0) break;
      items.push(text);
    }
    return open + items.join(',') + close;
  };
};
const list = (item: string) => repeated('[', () => item, ']');
/** Names are short, differ from each other and are valid names of a custom header. */
const name = (index: number) => String.fromCharCode(97 + (index % 26)) + index.toString(36);
const object = (value: string) => repeated('{', (index) => `"${name(index)}":${value}`, '}');
const text = (unit: string) => (bytes: number) => `"${unit.repeat((bytes - 2) / Buffer.byteLength(unit))}"`;
const nest = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

/**
 * What parsers and checks are slow with: many keys, many faults, deep nesting, long strings and numbers, long lists,
 * and text that is long only when it is escaped. One of each kind stands for its relatives.
 */
const worstValues: Readonly<Record<string, WorstValue>> = {
  'many keys with texts': object('"v"'),
  'many keys with numbers': object('1'),
  'many keys with objects': object('{}'),
  'many keys that differ in case only': repeated('{', (index) => `"${caseOf(index)}":"v"`, '}'),
  'many numeric keys': repeated('{', (index) => `"${index * 7}":0`, '}'),
  'many escaped keys': repeated('{', (index) => `"\\u007e/\\u${(0x3041 + (index % 80)).toString(16)}${index}":0`, '}'),
  'long keys': repeated('{', (index) => `"${'\\u0001'.repeat(150)}${index}":0`, '}'),
  'a list of objects': list('{}'),
  'a list of empty texts': list('""'),
  'a list of equal texts': list('"a.*"'),
  'a list of different texts': repeated('[', (index) => `"${name(index)}"`, ']'),
  'a list of numbers': list('0'),
  'a list of nulls': list('null'),
  'a list of long numbers': list('1234567890.12345678901234567890e-300'),
  'a list of numbers with an exponent': list('1e1'),
  'a list of zeros with an exponent': list('0e0'),
  'a list of exact numbers of 17 digits and a zero': list('0.123456789012345660'),
  'a repeated name': repeated('{', () => '"a":0', '}'),
  'a list of objects with nine names': list('{"a":0,"b":0,"c":0,"d":0,"e":0,"f":0,"g":0,"h":0,"i":0}'),
  'inexact numbers below long names': (bytes) =>
    `${`{"${'é'.repeat(500)}":`.repeat(80)}${list('1e400')(bytes - 85_000)}${'}'.repeat(80)}`,
  'a text of quotes': text('\\"'),
  'a list of log steps': list('{"type":"log","message":"m"}'),
  'a list of unknown steps': list('{"type":"shell"}'),
  'a list of delays out of range': list('{"type":"delay","seconds":0}'),
  'a list of events with faults': list('{"type":"fire_webhook_event","event":"-","payload":0,"a":0}'),
  'one object with many keys in a list': (bytes) => `[${object('0')(bytes - 2)}]`,
  'a step with many keys': (bytes) => `[{"type":"log","message":"m","more":0,${object('0')(bytes - 40).slice(1)}]`,
  'deep lists': list(nest(80)),
  'one very deep list': (bytes) => nest(Math.floor(bytes / 2)),
  'deep objects': list('{"a":'.repeat(80) + '0' + '}'.repeat(80)),
  'a long number': (bytes) => '9'.repeat(bytes),
  'a long text': text('a'),
  'a long escaped text': text('\\u0041'),
  'a long text of surrogate pairs': text('\\ud83e\\udde8'),
  'a long text of half a character': (bytes) => `"${'a'.repeat(bytes - 8)}\\ud800"`,
  'a long text of 4-byte characters': text('🧨'),
  'a long text of dots': text('a.'),
  'a long text of spaces': text(' '),
  'a long text of placeholders': text('{{input.a}}'),
  'a list of log steps with braces that are never filled in': list(
    `{"type":"log","message":"${'{{'.repeat(400)}${'{{a '.repeat(400)}${'{{b}}'.repeat(200)}"}`,
  ),
  'a long URL': (bytes) => `"https://${'a.'.repeat((bytes - 12) / 2)}eu"`,
};

/** With EXHAUSTIVE=true every place is filled with every kind, which takes minutes. */
const kindsApart = process.env['EXHAUSTIVE'] === 'true' ? 1 : 5;

/** The rest of a message is shorter than this. */
const restBytes = 2_000;

/**
 * The kinds to fill the next place with: for the whole of a message every kind, for places within it every fifth, beginning
 * with another one each time. So every place meets six kinds and every kind many places, in a fifth of the time.
 */
export function kindsInTurn(): (isWhole: boolean) => readonly (readonly [kind: string, json: string])[] {
  const texts = Object.entries(worstValues).map(([kind, worst]) => [kind, worst(maxBodyBytes - restBytes)] as const);
  let places = 0;
  return (isWhole) => {
    places += 1;
    return texts.filter((_, index) => isWhole || (index + places) % kindsApart === 0);
  };
}

/** `abcdefghijklmnop` in the index'th combination of cases. */
function caseOf(index: number): string {
  return Array.from('abcdefghijklmnop')
    .map((letter, bit) => ((index >> bit) & 1 ? letter.toUpperCase() : letter))
    .join('');
}
