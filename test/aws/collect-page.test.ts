import { collectPage, type ReadAfter } from '../../functions/aws/collect-page';

/**
 * A list of numbers, highest first. Numbers matching `isVoid` have no item. `sizes` records how many rows each read
 * asks for.
 */
function numbersDownFrom(highest: number, isVoid: (n: number) => boolean = () => false, mostPerRead = Infinity) {
  const sizes: number[] = [];
  const readAfter: ReadAfter<number> = async (after, size) => {
    sizes.push(size);
    const first = after === undefined ? highest : Number(after) - 1;
    const count = Math.max(0, Math.min(size, mostPerRead, first));
    const numbers = Array.from({ length: count }, (_, index) => first - index);
    return {
      rows: numbers.map((n) => ({ sk: String(n), item: isVoid(n) ? undefined : n })),
      more: first - count > 0,
    };
  };
  return { readAfter, sizes };
}

const down = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, index) => from - index);

describe('a page of a list in which every row counts', () => {
  it('reads one row more than it shows, to know whether there are more', async () => {
    const { readAfter, sizes } = numbersDownFrom(30);

    expect(await collectPage(readAfter, { limit: 25, after: undefined })).toEqual({ items: down(30, 6), next: '6' });
    expect(sizes).toEqual([26]);
  });

  it('is the last page if exactly the limit is left', async () => {
    const { readAfter } = numbersDownFrom(30);

    expect(await collectPage(readAfter, { limit: 5, after: '6' })).toEqual({ items: down(5, 1), next: undefined });
  });

  it('is empty if nothing is left', async () => {
    const { readAfter } = numbersDownFrom(0);

    expect(await collectPage(readAfter, { limit: 5, after: undefined })).toEqual({ items: [], next: undefined });
  });

  it('is full although a read ended early, as DynamoDB does after 1 MB', async () => {
    const { readAfter, sizes } = numbersDownFrom(30, undefined, 10);

    expect(await collectPage(readAfter, { limit: 25, after: undefined })).toEqual({ items: down(30, 6), next: '6' });
    expect(sizes).toEqual([26, 16, 20]);
  });

  it('is full although some rows are void, and a long stretch of them takes few reads', async () => {
    const { readAfter, sizes } = numbersDownFrom(600, (n) => n > 100 && n < 600);

    expect(await collectPage(readAfter, { limit: 1, after: undefined })).toEqual({ items: [600], next: '101' });
    expect(sizes).toEqual([2, 2, 4, 8, 16, 32, 64, 100, 100, 100, 100]);
  });

  it('of 1,000 items reads one row more, to know whether it is the last page', async () => {
    const { readAfter } = numbersDownFrom(1000);

    expect((await collectPage(readAfter, { limit: 1000, after: undefined })).next).toBeUndefined();
  });
});

describe('a page of a filtered list', () => {
  it('is filled from as many reads of 100 rows as it takes, and no more', async () => {
    const { readAfter, sizes } = numbersDownFrom(1000);

    const page = await collectPage(readAfter, { limit: 4, after: undefined, wants: (n) => n % 50 === 0 });

    expect(page).toEqual({ items: [1000, 950, 900, 850], next: '801' });
    expect(sizes).toEqual([100, 100, 100]);
  });

  it('ends after 1,000 rows, even if it is empty, and the next page continues after them', async () => {
    const { readAfter, sizes } = numbersDownFrom(1205);
    const wants = (n: number) => n === 5;

    const first = await collectPage(readAfter, { limit: 25, after: undefined, wants });

    expect(first).toEqual({ items: [], next: '206' });
    expect(sizes).toHaveLength(10);
    expect(await collectPage(readAfter, { limit: 25, after: first.next, wants })).toEqual({
      items: [5],
      next: undefined,
    });
  });

  it('never reads more than maxRows', async () => {
    const { readAfter, sizes } = numbersDownFrom(1205);

    await collectPage(readAfter, { limit: 25, after: undefined, maxRows: 250, wants: () => false });

    expect(sizes).toEqual([100, 100, 50]);
  });

  it('ends at the first item past the wanted range', async () => {
    const { readAfter, sizes } = numbersDownFrom(1000);

    const page = await collectPage(readAfter, {
      limit: 25,
      after: undefined,
      wants: (n) => n >= 990,
      isPast: (n) => n < 985,
    });

    expect(page).toEqual({ items: down(1000, 990), next: undefined });
    expect(sizes).toEqual([100]);
  });
});
