import type { Invocation } from './invocation';

/** Something that begins at a time: a message becomes visible, a wait ends, an actor acts. */
export interface Planned {
  readonly atMs: number;
  readonly label: string;
  /** The invocation that goes on; undefined if something outside the product does. */
  readonly owner: Invocation | undefined;
  readonly begin: () => void;
}

/** What is planned, in the order of its times; what has the same time, in the order in which it was planned. */
export function agenda() {
  const planned: Planned[] = [];
  return {
    add(item: Planned): void {
      let index = planned.length;
      while (index > 0 && planned[index - 1]!.atMs > item.atMs) index -= 1;
      planned.splice(index, 0, item);
    },
    /** Removes what is due. */
    takeDue: (nowMs: number): Planned[] => {
      let count = 0;
      while (count < planned.length && planned[count]!.atMs <= nowMs) count += 1;
      return count === 0 ? none : planned.splice(0, count);
    },
    nextMs: (): number | undefined => planned[0]?.atMs,
  };
}

const none: Planned[] = [];
