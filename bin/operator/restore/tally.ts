/** How many of something there are, and the first few of them. */
export interface Tally<Item> {
  readonly count: number;
  readonly first: readonly Item[];
}

/** Counts items by their kind and keeps the first few of each, so that memory does not grow with the tables. */
export function tallyBy<Kind extends string, Item>(kept: number) {
  const tallies = new Map<Kind, { count: number; first: Item[] }>();
  return {
    add(kind: Kind, item: Item): void {
      const tally = tallies.get(kind) ?? { count: 0, first: [] };
      tallies.set(kind, tally);
      tally.count += 1;
      if (tally.first.length < kept) tally.first.push(item);
    },

    /** The kinds in the order in which they were first met. */
    entries: (): [Kind, Tally<Item>][] => [...tallies],
  };
}
