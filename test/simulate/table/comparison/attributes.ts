import type { Row } from '../../../../functions/aws/database';
import type { Key } from '../../../../functions/aws/keys';
import type { Chooser } from './chooser';

/** Attributes by what they usually hold; few of each, so that requests meet. */
export const named = {
  N: ['used', 'taken', 'cap', 'd20261130'],
  S: ['lease', 'holder', 'candidate', 'chosen'],
  BOOL: ['unlimited'],
  NULL: ['ended_reason'],
  L: ['trail'],
  M: ['held', 'limits'],
  SS: ['endpoint_ids'],
  NS: ['voided'],
} as const;
export type Type = keyof typeof named;

export const entries = ['m1', 'm2', 'm3'];
export const partitions = ['T#acme', 'T#bolt', 'T#coil'];
export const sortKeys = ['A#1', 'A#10', 'A#2', 'B#1', 'B#2', 'C'];
export const shards = ['0', '1'];
export const times = ['2026-11-30T10:00:00.000Z', '2026-11-30T10:01:00.000Z', '2026-11-30T10:02:00.000Z'];
export const parents = ['P#runs', 'P#tenants'];

const texts = ['', 'a', 'aa', 'ab', 'b'];

export function aKey({ one }: Chooser): Key {
  return { pk: one(partitions), sk: one(sortKeys) };
}

/** A value of a type. Whole numbers alone are computed with. */
export function aValue(choose: Chooser, type: Type): unknown {
  const { below, one, list, chance } = choose;
  switch (type) {
    case 'N':
      return below(8) - 2;
    case 'S':
      return one(texts);
    case 'BOOL':
      return chance(0.5);
    case 'NULL':
      return null;
    case 'L':
      return list(below(3), () => one<unknown>([below(3), one(texts), null, { n: below(2) }]));
    case 'M':
      return Object.fromEntries(list(below(4), () => [one(entries), one<unknown>([below(5), one(texts)])]));
    case 'SS':
      return new Set(list(1 + below(3), () => one(['e1', 'e2', 'e3'])));
    case 'NS':
      return new Set(list(1 + below(3), () => below(4)));
  }
}

const types = Object.keys(named) as Type[];
const counted: readonly Type[] = ['L', 'M', 'SS', 'NS'];

/** A value for an attribute which usually holds this type: sometimes another. Only what has entries has a size. */
export function mostly(choose: Chooser, type: Type): unknown {
  if (choose.chance(0.92)) return aValue(choose, type);
  return aValue(choose, choose.one(counted.includes(type) ? counted : types));
}

/** Attributes that put a row into the indexes. One alone puts it into none of them. */
function indexed({ one, chance }: Chooser): Row {
  return {
    ...(chance(0.6) && { open_shard: one(shards) }),
    ...(chance(0.6) && { due_at: one(times) }),
    ...(chance(0.6) && { parent: one(parents) }),
  };
}

export function aRow(choose: Chooser): Row {
  const attributes = types.flatMap((type) => named[type].map((name) => [name, type] as const));
  const held = attributes.filter(() => choose.chance(0.75)).map(([name, type]) => [name, mostly(choose, type)]);
  return { ...aKey(choose), ...Object.fromEntries(held), ...indexed(choose), absent: undefined };
}
