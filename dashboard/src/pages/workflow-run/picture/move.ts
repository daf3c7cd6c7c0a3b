/** A row of the picture, and what in it has the focus: 0 is the row itself, 1 its first attempt. */
export interface Place {
  readonly row: number;
  readonly item: number;
}

/**
 * Where an arrow key leads to from `place`; undefined for other keys.
 *
 * @param counts how much can have the focus in each row, at least 1
 */
export function move(counts: readonly number[], place: Place, key: string): Place | undefined {
  const last = counts.length - 1;
  const to = (row: number, item: number): Place => {
    const inside = Math.min(Math.max(row, 0), last);
    return { row: inside, item: Math.min(Math.max(item, 0), (counts[inside] ?? 1) - 1) };
  };
  switch (key) {
    case 'ArrowDown':
      return to(place.row + 1, place.item);
    case 'ArrowUp':
      return to(place.row - 1, place.item);
    case 'ArrowRight':
      return to(place.row, place.item + 1);
    case 'ArrowLeft':
      return to(place.row, place.item - 1);
    case 'Home':
      return to(0, 0);
    case 'End':
      return to(last, 0);
    default:
      return undefined;
  }
}
