/**
 * Parses JSON with every number at arbitrary precision: it becomes `#-125e-1`, by `BigInt`, so `12.5` and `1.250E1` are
 * equal and `9007199254740993` and `9007199254740992` are not. It shares no code with the product.
 */
export function exactly(json: string): any {
  const withDecimals = json.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
    token.startsWith('"') ? token : `"#${decimal(token)}"`,
  );
  return JSON.parse(withDecimals);
}

function decimal(token: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(token) ?? [];
  let digits = BigInt(whole + fraction);
  let power = BigInt(exponent) - BigInt(fraction.length);
  if (digits === 0n) return '0';
  while (digits % 10n === 0n) {
    digits /= 10n;
    power += 1n;
  }
  return `${sign}${digits}e${power}`;
}
