import type { OpenItem } from '../aws/run/open-items';

/**
 * How many items wait for their turn at most. 200,000 items of 350 bytes are 70 MB of the function's memory, and more
 * than a pass can take. Beyond that, each tenant may still have a few of each kind, so that one that is read late is
 * taken in this pass too. What is left out is read again when the others have been taken, or by the next pass.
 */
export const waitingLimits = { ofOneKind: 25_000, inAll: 200_000, beyond: 10 } as const;

export type Turns = ReturnType<typeof newTurns>;

/**
 * The items that wait to be taken. Tenants take turns, and so do the kinds of a tenant's items: its one overdue run does
 * not wait for its 10,000 overdue deliveries.
 */
export function newTurns() {
  const tenants = new Map<string, TenantItems>();
  let waiting = 0;

  return {
    /** False if the item is left out, because too many wait. */
    add(item: OpenItem): boolean {
      const { tenantId, kind } = item.what;
      const items: TenantItems = tenants.get(tenantId) ?? { count: 0, kinds: new Map() };
      const line: Line = items.kinds.get(kind) ?? { items: [], taken: 0 };
      const limit = waiting < waitingLimits.inAll ? waitingLimits.ofOneKind : waitingLimits.beyond;
      if (line.items.length - line.taken >= limit) return false;
      line.items.push(item);
      items.kinds.set(kind, line);
      items.count += 1;
      tenants.set(tenantId, items);
      waiting += 1;
      return true;
    },

    /** The item whose turn it is; undefined if none waits. */
    next(): OpenItem | undefined {
      const items = takeFirst(tenants, ({ count }) => count > 1);
      const line = items && takeFirst(items.kinds, ({ items: all, taken }) => taken + 1 < all.length);
      if (items === undefined || line === undefined) return undefined;
      const item = line.items[line.taken];
      line.taken += 1;
      items.count -= 1;
      waiting -= 1;
      return item;
    },
  };
}

interface TenantItems {
  count: number;
  readonly kinds: Map<string, Line>;
}

/** Items in the order in which they were added. Counting what was taken is faster than shifting a long array. */
interface Line {
  readonly items: OpenItem[];
  taken: number;
}

/** Takes the first entry of a map, and puts it back as the last one if more is left in it. */
function takeFirst<Entry>(entries: Map<string, Entry>, hasMore: (entry: Entry) => boolean): Entry | undefined {
  for (const [name, entry] of entries) {
    entries.delete(name);
    if (hasMore(entry)) entries.set(name, entry);
    return entry;
  }
  return undefined;
}
