/**
 * Where the picture ends while nobody knows when it will: a bit after now, at a round length. It stays there until now has
 * come near, so that the bars grow and the picture is not drawn at another scale each second.
 */
export function horizonOf(from: number, now: number): number {
  const shownMs = Math.max(1_000, (now - from) * 1.1);
  const unit = 10 ** Math.floor(Math.log10(shownMs)) / 2;
  return from + Math.ceil(shownMs / unit) * unit;
}
