import type { OpenItem, OpenItemStore } from '../aws/run/open-items';
import { tableShape } from '../contract/table';

/**
 * One pass reads at most this many pages of 1,000 items: 2,000,000 items of 200 bytes are 50,000 read units, 0.0125 $.
 * If more is due, the pass has read the oldest million and the newest.
 */
export const maxPages = 2_000;

interface Shard {
  readonly shard: number;
  /** The last item that was read from the oldest end, where its next page continues. */
  readonly oldest?: OpenItem | undefined;
  /** The same for the newest end, which is read only of shards that have more than one page. */
  readonly newest?: OpenItem | undefined;
}

export type DueItems = ReturnType<typeof dueItems>;

/**
 * Reads what is due from both ends of every shard, a page of each at a time. What became due in the last minute is then
 * among the first that is read, however much has been due for longer: each pass finds the item of a tenant whose turn it
 * has never been.
 */
export function dueItems(openItems: Pick<OpenItemStore, 'due'>, until: string) {
  let shards: readonly Shard[] = Array.from({ length: tableShape.openIndex.shards }, (_, shard) => ({ shard }));
  let pages = 0;

  async function readShard(before: Shard): Promise<{ items: OpenItem[]; shard?: Shard }> {
    const isFirst = before.oldest === undefined;
    const [oldest, newest] = await Promise.all([
      openItems.due(before.shard, until, before.oldest),
      isFirst ? undefined : openItems.due(before.shard, until, before.newest, 'newest first'),
    ]);
    pages += isFirst ? 1 : 2;
    const items = [...oldest.items, ...(newest?.items ?? [])];
    const after = {
      shard: before.shard,
      oldest: oldest.items.at(-1) ?? before.oldest,
      newest: newest?.items.at(-1) ?? before.newest,
    };
    const hasMore = oldest.more && newest?.more !== false && !haveMet(after);
    return hasMore ? { items, shard: after } : { items };
  }

  return {
    /** The next page of each end of each shard, oldest first. */
    async next(): Promise<OpenItem[]> {
      const read = await Promise.all(shards.map(readShard));
      shards = read.flatMap(({ shard }) => shard ?? []);
      return read.flatMap(({ items }) => items).sort((a, b) => (a.dueAt < b.dueAt ? -1 : Number(a.dueAt > b.dueAt)));
    },
    hasMore: () => shards.length > 0 && pages < maxPages,
  };
}

/** True if the two ends have passed each other, so that everything between them was read. */
function haveMet({ oldest, newest }: Shard): boolean {
  return oldest !== undefined && newest !== undefined && newest.dueAt < oldest.dueAt;
}
