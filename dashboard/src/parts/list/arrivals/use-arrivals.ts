import { useState } from 'react';
import { holdBack, type Held } from './hold-back';

/** The rows that came in while somebody was at work in the table. */
export interface Arrivals {
  readonly count: number;
  readonly show: () => void;
  /** Whether new rows are held back from now on. */
  readonly hold: (isHeld: boolean) => void;
}

interface ArrivalsOf<T> {
  /** Identifies the list. Nothing is held back when another one is shown. */
  readonly list: string;
  readonly items: readonly T[];
  readonly idOf: (item: T) => string;
  readonly isWhole: boolean;
}

interface Seen<T> extends Held<T> {
  readonly list: string;
  readonly items: readonly T[];
}

/** Shows the newest rows of a list, but holds new ones back while they would move what somebody is about to click. */
export function useArrivals<T>({ list, items, idOf, isWhole }: ArrivalsOf<T>) {
  const [isHeld, hold] = useState(false);
  const [seen, setSeen] = useState<Seen<T>>({ list, items, rows: items, arrived: 0 });
  const all: Seen<T> = { list, items, rows: items, arrived: 0 };
  let current = seen;
  if (seen.list !== list || (!isHeld && (seen.items !== items || seen.arrived > 0))) current = all;
  else if (seen.items !== items) current = { list, items, ...holdBack(seen.rows, items, idOf, isWhole) };
  if (current !== seen) setSeen(current);
  const arrivals: Arrivals = { count: current.arrived, show: () => setSeen(all), hold };
  return { rows: current.rows, arrivals };
}
