interface Page<Item> {
  readonly items: readonly Item[];
  /** Sort key to continue after, when there is or may be more. */
  readonly next: string | undefined;
}

/** Reads on until `limit` items are there: a filtered page of a store may be short, and even empty. */
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
