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
const zero = 0x30;
const point = 0x2e;
const largestSafe = Number.MAX_SAFE_INTEGER;

/**
 * Judges a number by its JSON text. It is accepted if the shortest decimal of the double that it is parsed to is the same
 * number, so `1.0`, `1e2` and `-0` are, and `9007199254740993`, `1e400`, `1e-400` and 19 decimals are not.
 */
export function judgeNumber(text: string): NumberFault | undefined {
  const value = magnitudeOf(text);
  if (!isKept(text, value)) return 'changed';
  if (value <= largestSafe) return undefined;
  return value < writtenWithExponent || /^-?\d+$/.test(text) ? 'unsafe' : undefined;
}

/**
 * Judges a number of a text that is stored already. Earlier releases accepted large whole numbers and stored them rounded;
 * parsing does not change these again.
 */
export function judgeStoredNumber(text: string): NumberFault | undefined {
  return isKept(text, magnitudeOf(text)) ? undefined : 'changed';
}

function magnitudeOf(text: string): number {
  const value = Number(text);
  return value < 0 ? -value : value;
}

function isKept(text: string, value: number): boolean {
  if (value === 0) return isZero(text);
  const isInRange = value > 1e-290 && value < 1e290;
  // The next three answers are for speed: most numbers are short, or written by a program that writes the shortest form.
  if (text.length <= keptDigits && isInRange) return true;
  const sent = decimalOf(text);
  if (sent.digits.length <= keptDigits && isInRange) return true;
  const shortest = String(value);
  if (text === shortest) return true;
  const kept = decimalOf(shortest);
  return Number.isFinite(value) && sent.digits === kept.digits && sent.exponent === kept.exponent;
}

/** Whether a number that is parsed to 0 has no other digit before its exponent. */
function isZero(text: string): boolean {
  let at = text.startsWith('-') ? 1 : 0;
  while (text.charCodeAt(at) === zero || text.charCodeAt(at) === point) at += 1;
  return at === text.length || text[at] === 'e' || text[at] === 'E';
}

/** The significant digits of a number other than 0, without zeros at both ends, and the power of ten of the last one. */
function decimalOf(text: string): { readonly digits: string; readonly exponent: number } {
  const start = text.startsWith('-') ? 1 : 0;
  const mark = Math.max(text.indexOf('e'), text.indexOf('E'));
  const mantissaEnd = mark === -1 ? text.length : mark;
  const dot = text.indexOf('.');
  const wholeEnd = dot === -1 ? mantissaEnd : dot;
  const all = text.slice(start, wholeEnd) + text.slice(wholeEnd + 1, mantissaEnd);
  // A regular expression for the zeros at the end would take quadratic time.
  let [first, end] = [0, all.length];
  while (all.charCodeAt(first) === zero) first += 1;
  while (all.charCodeAt(end - 1) === zero) end -= 1;
  const fractionDigits = all.length - (wholeEnd - start);
  const exponent = mark === -1 ? 0 : Number(text.slice(mark + 1));
  return { digits: all.slice(first, end), exponent: exponent - fractionDigits + (all.length - end) };
}
