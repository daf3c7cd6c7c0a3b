import { attributesAt, newKey, outcomeOf, put, update, type Open } from './on-the-table';

export function races(table: Open): void {
  const at = <Result>(times: number, act: (n: number) => Promise<Result>): Promise<Result[]> =>
    Promise.all(Array.from({ length: times }, (_, n) => act(n)));
  const accepted = (outcomes: readonly string[]) => outcomes.filter((outcome) => outcome === 'accepted').length;

  describe('writes at the same time', () => {
    it('count exactly up to a limit, and each is told its own number', async () => {
      const key = newKey();
      await put(table(), { ...key, cap: 20, latest: 0 });

      const numbers = await at(60, () =>
        update(table(), key, {
          expression: 'SET used = if_not_exists(used, :zero) + :one, latest = latest + :one',
          condition: 'used < cap OR (attribute_not_exists(used) AND cap > :zero)',
          values: { ':zero': 0, ':one': 1 },
          returns: 'UPDATED_NEW',
        }).then(
          (attributes) => attributes?.['latest'],
          (error: unknown) => (error as Error).name,
        ),
      );

      expect(numbers.filter((number) => typeof number === 'number').toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: 20 }, (_, n) => n + 1),
      );
      expect(new Set(numbers.filter((number) => typeof number !== 'number'))).toEqual(
        new Set(['ConditionalCheckFailedException']),
      );
      expect(await attributesAt(table(), key)).toEqual({ cap: 20, latest: 20, used: 20 });
    });

    it('fill a set and a map exactly up to a limit', async () => {
      const key = newKey();
      await put(table(), { ...key, held: {} });
      const outcomes = await at(40, (n) =>
        outcomeOf(
          update(table(), key, {
            expression: 'SET held.#id = :now ADD ids :ids',
            condition: 'size(held) < :limit AND (attribute_not_exists(ids) OR size(ids) < :limit)',
            names: { '#id': `id${n}` },
            values: { ':now': 'now', ':ids': new Set([`id${n}`]), ':limit': 7 },
          }),
        ),
      );

      expect(accepted(outcomes)).toBe(7);
      const { held, ids } = (await attributesAt(table(), key)) ?? {};
      expect(new Set(Object.keys(held as object))).toEqual(ids);
    });

    it('create a row once', async () => {
      const key = newKey();
      const outcomes = await at(30, () => outcomeOf(update(table(), key, { condition: 'attribute_not_exists(pk)' })));

      expect(accepted(outcomes)).toBe(1);
    });

    it('lose no unconditional increment and no appended entry', async () => {
      const key = newKey();
      await put(table(), { ...key, trail: [] });
      await at(50, (n) =>
        update(table(), key, {
          expression: 'SET trail = list_append(trail, :entry) ADD taken :one',
          values: { ':entry': [n], ':one': 1 },
        }),
      );

      const { taken, trail } = (await attributesAt(table(), key)) ?? {};
      expect([taken, new Set(trail as number[]).size]).toEqual([50, 50]);
    });
  });
}
