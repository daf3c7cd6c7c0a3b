/**
 * Why a number cannot be accepted: `unsafe` is a whole number beyond ±(2^53 - 1), which not every reader keeps apart from
 * its neighbours (RFC 7493, section 2.2), and `changed` one that parsing turns into another number.
 */
export type NumberFault = 'unsafe' | 'changed';

/**
 * A decimal of this many digits survives the way into a 64-bit floating-point number and back: C's `DBL_DIG`. A number without
 * an exponent whose text has at most so many characters needs no judgement.
 */
export const keptDigits = 15;
/** From here on JSON is written with an exponent. Below it, large whole numbers look like ids, and are read as such. */
const writtenWithExponent = 1e21;
/**
 * A longer number is not looked at and counts as changed, also if it ends in zeros only: the exact decimal of a double has at
 * most 767 digits that matter, and judging 256 KB of digits would take several passes.
 */
const maxCharacters = 1_000;
const largestSafe = Number.MAX_SAFE_INTEGER;
const minus = 0x2d;
const point = 0x2e;
const zero = 0x30;

/**
 * Judges a number by its JSON text. It is accepted if the shortest decimal of the double that it is parsed to is the same
 * number, so `1.0`, `1e2` and `-0` are, and `9007199254740993`, `1e400`, `1e-400` and 19 decimals are not.
 */
export function judgeNumber(text: string): NumberFault | undefined {
  const value = +text;
  if (!isKept(text, value)) return 'changed';
  const magnitude = value < 0 ? -value : value;
  if (magnitude <= largestSafe) return undefined;
  return magnitude < writtenWithExponent || /^-?\d+$/.test(text) ? 'unsafe' : undefined;
}

/**
 * Judges a number of a text that is stored already. Earlier releases accepted large whole numbers and stored them rounded;
 * parsing does not change these again.
 */
export function judgeStoredNumber(text: string): NumberFault | undefined {
  return isKept(text, Number(text)) ? undefined : 'changed';
}

function isKept(text: string, value: number): boolean {
  if (text.length > maxCharacters) return false;
  // The answers before the last are for speed: most numbers have few digits, or the shortest form with zeros after it.
  if (text.length > keptDigits + 2 && isWithZeros(text, `${value}`)) return true;
  const sent = decimalOf(text);
  if (value === 0) return sent.first === -1;
  const digits = sent.last - sent.first + 1;
  if (digits <= keptDigits && (value < 0 ? -value : value) > 1e-290 && value > -1e290 && value < 1e290) return true;
  const shortest = `${value}`;
  if (text === shortest) return true;
  return Number.isFinite(value) && isSame(text, sent, shortest, decimalOf(shortest));
}

/**
 * Whether the text is the shortest form of its number, or that with zeros after its decimals. Zeros after anything else
 * would make it another number, of which this is not the shortest form. Whole texts are compared, because a body has
 * room for 12,000 numbers as long as these, and looking at each character takes twice as long.
 */
function isWithZeros(text: string, shortest: string): boolean {
  let end = text.length;
  while (end > shortest.length && text.charCodeAt(end - 1) === zero) end -= 1;
  return text.slice(0, end) === shortest;
}

/** The places of the first and the last digit that is not 0, and the power of ten of the last; -1 if there is none. */
interface Decimal {
  readonly first: number;
  readonly last: number;
  readonly power: number;
}

/** Takes one pass and copies nothing: a body has room for 60,000 numbers. */
function decimalOf(text: string): Decimal {
  let first = -1;
  let last = -1;
  let pointAt = -1;
  let at = 0;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === point) pointAt = at;
    else if ((code | 0x20) === 0x65) break;
    else if (code !== zero && code !== minus) {
      if (first === -1) first = at;
      last = at;
    }
  }
  const wholeEnd = pointAt === -1 ? at : pointAt;
  return { first, last, power: exponentAt(text, at) + wholeEnd - last - (last < wholeEnd ? 1 : 0) };
}

/** The exponent after the `e` at this place; 0 at the end of the text. */
function exponentAt(text: string, at: number): number {
  let exponent = 0;
  for (let digit = at + 1; digit < text.length; digit += 1) {
    const code = text.charCodeAt(digit);
    if (code >= zero) exponent = exponent * 10 + code - zero;
  }
  return text.charCodeAt(at + 1) === minus ? -exponent : exponent;
}

/** Whether two decimals have the same digits and the same power of ten. Their signs are those of one value. */
function isSame(one: string, ofOne: Decimal, other: string, ofOther: Decimal): boolean {
  if (ofOne.power !== ofOther.power) return false;
  let at = ofOne.first;
  let otherAt = ofOther.first;
  while (at <= ofOne.last && otherAt <= ofOther.last) {
    if (one.charCodeAt(at) === point) at += 1;
    if (other.charCodeAt(otherAt) === point) otherAt += 1;
    if (one.charCodeAt(at) !== other.charCodeAt(otherAt)) return false;
    at += 1;
    otherAt += 1;
  }
  return at > ofOne.last && otherAt > ofOther.last;
}
