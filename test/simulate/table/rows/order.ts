/**
 * Compares texts as DynamoDB does, by their bytes in UTF-8. That is the order of their code points, and JavaScript's own
 * order except where a surrogate meets a unit above the surrogates.
 *
 * @returns below 0 if `a` comes first, above 0 if `b` does
 */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at += 1) {
    const [unitOfA, unitOfB] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (unitOfA !== unitOfB) return rank(unitOfA) - rank(unitOfB);
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
