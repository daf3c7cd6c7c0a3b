/** What stays on screen while new rows are held back, and how many of them there are. */
export interface Held<T> {
  readonly rows: readonly T[];
  readonly arrived: number;
}

/**
 * Leaves out the rows that came in at the top of a list since `shown`, so that the others stay where they are. Those
 * show what was read last.
 *
 * @param fresh the list as it was read last, newest first
 * @param isWhole whether `fresh` is the whole list, so that a row which is not in it does not exist any more
 */
export function holdBack<T>(
  shown: readonly T[],
  fresh: readonly T[],
  idOf: (row: T) => string,
  isWhole: boolean,
): Held<T> {
  const places = new Map(shown.map((row, place) => [idOf(row), place]));
  const arrived = fresh.findIndex((row) => places.has(idOf(row)));
  if (arrived === -1) {
    return shown.length === 0 || isWhole ? { rows: fresh, arrived: 0 } : { rows: shown, arrived: fresh.length };
  }
  const kept = fresh.slice(arrived);
  const last = kept.at(-1);
  const lastPlace = last === undefined ? undefined : places.get(idOf(last));
  // The new rows pushed the last ones off the page that was read. They stay until a longer page is read.
  const pushedOff = isWhole || lastPlace === undefined ? [] : shown.slice(lastPlace + 1);
  return { rows: [...kept, ...pushedOff], arrived };
}
