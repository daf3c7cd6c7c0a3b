// Parameters of RFC 3492, section 5.
const base = 36;
const tMin = 1;
const tMax = 26;
const skew = 38;
const damp = 700;
const initialBias = 72;
const initialN = 0x80;

const digits = 'abcdefghijklmnopqrstuvwxyz0123456789';
const lastCodePoint = 0x10ffff;

/** The part of an A-label after `xn--`, for the text of one label (RFC 3492, section 6.3). */
export function encodePunycode(text: string): string {
  const points = codePointsOf(text);
  const basic = points.filter((point) => point < initialN);
  let output = String.fromCodePoint(...basic) + (basic.length > 0 ? '-' : '');
  let [n, delta, bias, handled] = [initialN, 0, initialBias, basic.length];
  while (handled < points.length) {
    const next = Math.min(...points.filter((point) => point >= n));
    delta += (next - n) * (handled + 1);
    n = next;
    for (const point of points) {
      if (point < n) delta += 1;
      if (point !== n) continue;
      output += integer(delta, bias);
      bias = adapted(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled += 1;
    }
    delta += 1;
    n += 1;
  }
  return output;
}

/** The text of a label, from the part of its A-label after `xn--`; undefined if that is no Punycode. */
export function decodePunycode(encoded: string): string | undefined {
  const end = Math.max(encoded.lastIndexOf('-'), 0);
  const points = codePointsOf(encoded.slice(0, end));
  const rest = Array.from(encoded.slice(end > 0 ? end + 1 : 0), (digit) => digits.indexOf(digit));
  let [n, i, bias, at] = [initialN, 0, initialBias, 0];
  while (at < rest.length) {
    const before = i;
    for (let weight = 1, k = base; ; k += base, at += 1) {
      const digit = rest[at] ?? -1;
      if (digit < 0) return undefined;
      i += digit * weight;
      const threshold = thresholdAt(k, bias);
      if (digit < threshold) break;
      weight *= base - threshold;
    }
    at += 1;
    const length = points.length + 1;
    bias = adapted(i - before, length, before === 0);
    n += Math.floor(i / length);
    if (n > lastCodePoint) return undefined;
    i %= length;
    points.splice(i, 0, n);
    i += 1;
  }
  return String.fromCodePoint(...points);
}

function integer(value: number, bias: number): string {
  let output = '';
  let rest = value;
  for (let k = base; ; k += base) {
    const threshold = thresholdAt(k, bias);
    if (rest < threshold) return output + (digits[rest] ?? '');
    output += digits[threshold + ((rest - threshold) % (base - threshold))] ?? '';
    rest = Math.floor((rest - threshold) / (base - threshold));
  }
}

function thresholdAt(k: number, bias: number): number {
  return Math.min(Math.max(k - bias, tMin), tMax);
}

function adapted(delta: number, length: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? damp : 2));
  rest += Math.floor(rest / length);
  let k = 0;
  for (; rest > ((base - tMin) * tMax) / 2; k += base) rest = Math.floor(rest / (base - tMin));
  return k + Math.floor(((base - tMin + 1) * rest) / (rest + skew));
}

function codePointsOf(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}
