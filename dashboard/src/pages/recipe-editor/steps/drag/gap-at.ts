/** A place in the window. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** So far above, below or beside the list a drop still means its nearest gap. */
const reach = 80;

/**
 * The gap that is nearest to a point: the number of steps above it. Undefined beside the list, where nothing is put down.
 */
export function gapAt({ x, y }: Point): number | undefined {
  const area = document.querySelector('[data-steps]')?.getBoundingClientRect();
  if (area === undefined || x < area.left - reach || x > area.right + reach) return undefined;
  if (y < area.top - reach || y > area.bottom + reach) return undefined;
  let nearest: number | undefined;
  let least = Infinity;
  for (const gap of document.querySelectorAll<HTMLElement>('[data-gap]')) {
    const { top, bottom } = gap.getBoundingClientRect();
    const away = Math.abs((top + bottom) / 2 - y);
    if (away >= least) continue;
    least = away;
    nearest = Number(gap.dataset['gap']);
  }
  return nearest;
}
