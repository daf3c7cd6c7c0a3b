// Where the parts of a JSON text end that the parser has accepted.

const backslash = 0x5c;

/** The place of the quote that ends a text. A quote after an odd number of backslashes belongs to the text. */
export function endOfText(json: string, from: number): number {
  let end = json.indexOf('"', from);
  while (isEscaped(json, from, end)) end = json.indexOf('"', end + 1);
  return end;
}

function isEscaped(json: string, from: number, at: number): boolean {
  let before = at;
  while (before > from && json.charCodeAt(before - 1) === backslash) before -= 1;
  return (at - before) % 2 === 1;
}

/** The end of the digits and the point of a number. The range includes the slash, which JSON has after no digit. */
export function endOfDecimal(json: string, from: number): number {
  let end = from;
  for (let code = json.charCodeAt(end); code >= 0x2e && code <= 0x39; code = json.charCodeAt(end)) end += 1;
  return end;
}

/** The end of the exponent that begins here with `e` or `E`; the same place if none does. */
export function endOfExponent(json: string, from: number): number {
  if ((json.charCodeAt(from) | 0x20) !== 0x65) return from;
  let end = from + 1;
  for (let code = json.charCodeAt(end); isDigit(code) || isSign(code); code = json.charCodeAt(end)) end += 1;
  return end;
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isSign(code: number): boolean {
  return code === 0x2b || code === 0x2d;
}
