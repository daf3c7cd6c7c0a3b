/**
 * Moves marks apart that would cover each other, as little as is needed, and keeps their order and all of them inside.
 *
 * @param shares in ascending order, from 0 to 1
 * @param least the distance that two marks keep; less if there is no room for so many
 */
export function apart(shares: readonly number[], least: number): number[] {
  const gap = Math.min(least, shares.length < 2 ? least : 1 / (shares.length - 1));
  const placed: number[] = [];
  for (const share of shares) placed.push(Math.max(share, (placed.at(-1) ?? -gap) + gap));
  let limit = 1;
  for (let index = placed.length - 1; index >= 0; index -= 1) {
    const share = Math.max(0, Math.min(placed[index] ?? 0, limit));
    placed[index] = share;
    limit = share - gap;
  }
  return placed;
}
