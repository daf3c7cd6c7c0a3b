interface Page<Item> {
  readonly items: readonly Item[];
  /** Sort key after which to continue; undefined if there is certainly no more. */
  readonly next: string | undefined;
}

/** Reads pages until it has `limit` items: a filtered page of a store may be short or empty, and not the last. */
export async function listPages<Item>(
  limit: number,
  readPage: (left: number, after: string | undefined) => Promise<Page<Item>>,
): Promise<{ items: Item[]; hasMore: boolean }> {
  const items: Item[] = [];
  let after: string | undefined;
  do {
    const page = await readPage(limit - items.length, after);
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined && items.length < limit);
  return { items, hasMore: after !== undefined };
}
