import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { attributesAt, expectedOn, newKey, outcomeOf, put, update, type Open } from './on-the-table';

export function updates(table: Open): void {
  /** Puts a row, changes it, and returns what is then stored. */
  const changed = async (before: object, ...[change]: [Parameters<typeof update>[2]]) => {
    const key = newKey();
    await put(table(), { ...key, ...before });
    await update(table(), key, change);
    return attributesAt(table(), key);
  };
  const refused = async (before: object, change: Parameters<typeof update>[2]) => {
    const key = newKey();
    await put(table(), { ...key, ...before });
    const outcome = await outcomeOf(update(table(), key, change));
    expect(await attributesAt(table(), key)).toEqual(before);
    return outcome;
  };

  describe('an update', () => {
    it('sets values of each type and keeps all other attributes', async () => {
      const values = { ':s': 'x', ':n': 1, ':b': false, ':l': ['x', { y: 1 }], ':m': { z: null }, ':nul': null };

      expect(
        await changed(
          { kept: 'k', s: 1 },
          { expression: 'SET s = :s, n = :n, b = :b, l = :l, m = :m, nul = :nul', values },
        ),
      ).toEqual({ kept: 'k', s: 'x', n: 1, b: false, l: ['x', { y: 1 }], m: { z: null }, nul: null });
    });

    it('creates a row that is not there', async () => {
      const key = newKey();

      await update(table(), key, { expression: 'SET a = :a', values: { ':a': 'a' } });

      expect(await attributesAt(table(), key)).toEqual({ a: 'a' });
    });

    it('computes every value from the row as it was before', async () => {
      const expression =
        'SET used = if_not_exists(used, :zero) + :one, latest = latest + :one, earlier = if_not_exists(earlier, latest), same = latest';

      expect(await changed({ latest: 7 }, { expression, values: { ':zero': 0, ':one': 1 } })).toEqual({
        used: 1,
        latest: 8,
        earlier: 7,
        same: 7,
      });
    });

    it('adds, subtracts, and keeps what is there', async () => {
      const expression = 'SET up = up + :two, down = down - :two, kept = if_not_exists(kept, :text)';

      expect(
        await changed({ up: 1, down: 1, kept: 'k' }, { expression, values: { ':two': 2, ':text': 'new' } }),
      ).toEqual({
        up: 3,
        down: -1,
        kept: 'k',
      });
    });

    it('appends to a list', async () => {
      const change = { expression: 'SET trail = list_append(trail, :more)', values: { ':more': [{ n: 2 }, { n: 3 }] } };

      expect(await changed({ trail: [{ n: 1 }] }, change)).toEqual({ trail: [{ n: 1 }, { n: 2 }, { n: 3 }] });
    });

    it('sets and removes in a map without touching its other entries', async () => {
      const places = { first: 1, second: 2 };
      const names = { '#id': 'third' };

      expect(await changed({ places }, { expression: 'SET places.#id = :n', names, values: { ':n': 3 } })).toEqual({
        places: { ...places, third: 3 },
      });
      const ifNew = { expression: 'SET places.#id = if_not_exists(places.#id, :s)', values: { ':s': 'new' } };
      expect(await changed({ places }, { ...ifNew, names })).toEqual({ places: { ...places, third: 'new' } });
      expect(await changed({ places }, { ...ifNew, names: { '#id': 'first' } })).toEqual({ places });
      expect(await changed({ places }, { expression: 'REMOVE places.#id', names: { '#id': 'first' } })).toEqual({
        places: { second: 2 },
      });
      expect(await changed({ places }, { expression: 'REMOVE places.#id', names })).toEqual({ places });
    });

    it('removes attributes, of which some are not there, beside setting others', async () => {
      const change = { expression: 'SET a = :a REMOVE b, c', values: { ':a': 2 } };

      expect(await changed({ a: 1, b: 1, d: 1 }, change)).toEqual({ a: 2, d: 1 });
    });

    it('adds to numbers and sets, and creates them', async () => {
      const change = {
        expression: 'ADD n :one, fresh :one, ids :ids, counts :counts SET a = :one',
        values: { ':one': 1, ':ids': new Set(['b']), ':counts': new Set([2]) },
      };

      expect(await changed({ n: 1, ids: new Set(['a', 'b']) }, change)).toEqual({
        n: 2,
        fresh: 1,
        ids: new Set(['a', 'b']),
        counts: new Set([2]),
        a: 1,
      });
    });

    it('takes elements out of sets, and removes a set with its last element', async () => {
      const change = {
        expression: 'DELETE ids :ids, counts :counts, absent :ids',
        values: { ':ids': new Set(['a', 'c']), ':counts': new Set([1]) },
      };

      expect(await changed({ ids: new Set(['a', 'b']), counts: new Set([1]) }, change)).toEqual({
        ids: new Set(['b']),
      });
    });

    it.each([
      ['adds to an attribute that is not there', 'SET missing = missing + :one', { ':one': 1 }],
      ['appends to a list that is not there', 'SET missing = list_append(missing, :more)', { ':more': [1] }],
      ['sets in a map that is not there', 'SET missing.entry = :one', { ':one': 1 }],
      ['removes from a map that is not there', 'REMOVE missing.entry', undefined],
      ['has a value that nothing uses', 'SET b = :one', { ':one': 1, ':two': 2 }],
      ['names a value that is missing', 'SET b = :one, c = :two', { ':one': 1 }],
      ['changes a key', 'SET sk = :one', { ':one': 'x' }],
    ])('is invalid if it %s', async (_what, expression, values) => {
      expect(await refused({ a: 'text' }, { expression, ...(values && { values }) })).toBe('ValidationException');
    });

    it('is invalid if it adds to a text', async () => {
      const key = newKey();
      await put(table(), { ...key, a: 'text' });
      const add = { expression: 'SET a = a + :one', values: { ':one': 1 } };

      expect(await outcomeOf(update(table(), key, add))).toBe(expectedOn(table(), 'a number added to a text'));
    });

    it('is invalid if it uses a reserved word as a name', async () => {
      const set = { expression: 'SET status = :one', values: { ':one': 1 } };

      expect(await outcomeOf(update(table(), newKey(), set))).toBe(expectedOn(table(), 'a reserved word as a name'));
    });

    it('is invalid if it sets one attribute twice', async () => {
      const twice = { expression: 'SET b = :one, b = :one', values: { ':one': 1 } };

      expect(await outcomeOf(update(table(), newKey(), twice))).toBe(expectedOn(table(), 'an attribute set twice'));
    });

    it('is invalid if it has a name that nothing uses', async () => {
      const change = { expression: 'SET b = :one', names: { '#c': 'c' }, values: { ':one': 1 } };

      expect(await refused({}, change)).toBe('ValidationException');
    });

    it('may remove a hundred entries of a map at once', async () => {
      const ids = Array.from({ length: 100 }, (_, index) => `token-${index}`);
      const held = Object.fromEntries([...ids, 'kept'].map((id) => [id, 'x']));
      const change = {
        expression: `REMOVE ${ids.map((_, index) => `held.#id${index}`).join(', ')}`,
        names: Object.fromEntries(ids.map((id, index) => [`#id${index}`, id])),
      };

      expect(await changed({ held }, change)).toEqual({ held: { kept: 'x' } });
    });

    it('has an expression of at most 4 KB', async () => {
      const ofBytes = (bytes: number) => {
        const expression = `SET ${Array.from({ length: 100 }, (_, n) => `attribute${100 + n} = :v`).join(', ')}`;
        return { expression: expression.padEnd(bytes), values: { ':v': 1 } };
      };

      expect(await outcomeOf(update(table(), newKey(), ofBytes(4096)))).toBe('accepted');
      expect(await outcomeOf(update(table(), newKey(), ofBytes(4097)))).toBe(
        expectedOn(table(), 'an expression above 4 KB'),
      );
    });
  });

  describe('what a write returns', () => {
    const before = { a: 1, b: 'kept' };
    const change = { expression: 'SET a = a + :one, c = :one', values: { ':one': 1 } };

    it.each([
      ['ALL_NEW', { a: 2, b: 'kept', c: 1 }],
      ['UPDATED_NEW', { a: 2, c: 1 }],
      ['ALL_OLD', before],
    ] as const)('is %s', async (returns, attributes) => {
      const key = newKey();
      await put(table(), { ...key, ...before });

      expect(await update(table(), key, { ...change, returns })).toEqual({
        ...(returns === 'UPDATED_NEW' ? {} : key),
        ...attributes,
      });
    });

    it('is nothing if the row is new or nothing is asked for', async () => {
      const set = { expression: 'SET a = :one', values: { ':one': 1 } };

      expect(await update(table(), newKey(), { ...set, returns: 'ALL_OLD' })).toBeUndefined();
      expect(await update(table(), newKey(), set)).toBeUndefined();
    });

    it('is the replaced row for a put, which replaces it whole', async () => {
      const key = newKey();
      const { client, tableName } = table();
      const replace = (attributes: object) =>
        client.send(new PutCommand({ TableName: tableName, Item: { ...key, ...attributes }, ReturnValues: 'ALL_OLD' }));

      expect((await replace({ a: 1 })).Attributes).toBeUndefined();
      expect((await replace({ b: 2 })).Attributes).toEqual({ ...key, a: 1 });
      expect(await attributesAt(table(), key)).toEqual({ b: 2 });
    });

    it('is nothing for a delete, which succeeds without a row too', async () => {
      const key = newKey();
      await put(table(), { ...key });
      const { client, tableName } = table();
      const remove = () => client.send(new DeleteCommand({ TableName: tableName, Key: { ...key } }));

      expect((await remove()).Attributes).toBeUndefined();
      expect((await remove()).Attributes).toBeUndefined();
      expect(await attributesAt(table(), key)).toBeUndefined();
    });
  });
}
