/** What a check of every body needs to know, from its bytes alone. */
interface Scanned {
  /** Levels of nesting: a scalar has 0, `{}` has 1, `{"a":[]}` has 2. */
  readonly levels: number;
  /**
   * Whether a key or string holds a lone surrogate, half of a character. JSON can express it (`"\ud800"`) but UTF-8
   * cannot, so it could neither be stored nor sent to a receiver: RFC 7493, section 2.1.
   */
  readonly hasLoneSurrogate: boolean;
}

const quote = 0x22;
const backslash = 0x5c;

/**
 * Scans JSON that the parser has accepted, in one pass over its bytes. A walk over the parsed value would cost a multiple
 * of the parser's time, because it makes a list of the keys of each object.
 */
export function scanJson(bytes: Buffer): Scanned {
  let level = 0;
  let levels = 0;
  let inString = false;
  let inStringSince = 0;
  let hasLoneSurrogate = false;
  // Without an escape anywhere, the end of a long string is its next quote, which the buffer finds quicker.
  const mayJump = bytes.indexOf(backslash) === -1;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) {
      inString = !inString;
      inStringSince = at;
    } else if (inString && mayJump) {
      if (at - inStringSince > shortBytes) at = bytes.indexOf(quote, at) - 1;
    } else if (inString && byte === backslash) {
      const half = surrogateAt(bytes, at);
      const isPair = half === 'high' && surrogateAt(bytes, at + escapeLength) === 'low';
      if (half !== undefined && !isPair) hasLoneSurrogate = true;
      // The escaped character may be a quote or another backslash.
      at += isPair ? 2 * escapeLength - 1 : 1;
    } else if (!inString && (byte === 0x5b || byte === 0x7b)) levels = Math.max(levels, (level += 1));
    else if (!inString && (byte === 0x5d || byte === 0x7d)) level -= 1;
  }
  return { levels, hasLoneSurrogate };
}

/** For a shorter string the search would cost more than it saves. */
const shortBytes = 64;

const escapeLength = '\\ud800'.length;

/** Which half of a character the escape at this place is: `\ud8…` to `\udb…` is the high one, `\udc…` to `\udf…` the low. */
function surrogateAt(bytes: Buffer, at: number): 'high' | 'low' | undefined {
  if (bytes[at] !== backslash || bytes[at + 1] !== 0x75 || lowerCase(bytes[at + 2]) !== 0x64) return undefined;
  const digit = lowerCase(bytes[at + 3]);
  if (digit === 0x38 || digit === 0x39 || digit === 0x61 || digit === 0x62) return 'high';
  return digit >= 0x63 && digit <= 0x66 ? 'low' : undefined;
}

function lowerCase(byte: number | undefined): number {
  return (byte ?? 0) | 0x20;
}
