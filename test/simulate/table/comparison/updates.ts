import { aValue, entries, mostly, named, parents, shards, times } from './attributes';
import type { Chooser } from './chooser';
import type { Placeholders } from './placeholders';

type Section = 'SET' | 'REMOVE' | 'ADD' | 'DELETE';
type Written = (choose: Chooser, use: Placeholders) => string;

/** An update of one to four clauses of the kinds that the product sends, some of which overlap or do not fit the row. */
export function anUpdate(choose: Chooser, use: Placeholders): string {
  const clauses = choose.list(1 + choose.below(4), () => {
    const section = choose.one(['SET', 'SET', 'SET', 'REMOVE', 'ADD', 'DELETE'] as const);
    return { section, text: choose.one(written[section])(choose, use) };
  });
  const sections = [...new Set(clauses.map(({ section }) => section))];
  return sections
    .map((section) => {
      const texts = clauses.filter((clause) => clause.section === section).map(({ text }) => text);
      return `${section} ${texts.join(', ')}`;
    })
    .join(' ');
}

const types = ['N', 'S', 'BOOL', 'NULL', 'L', 'M', 'SS', 'NS'] as const;

/**
 * Numbers that are copied and numbers that are added to. In dynalite a copy grows with what it was copied from if the same
 * update adds to that; the product has no such update.
 */
const [copied, added] = [named.N.slice(0, 3), [...named.N.slice(3), 'candidate']];

const assignments: readonly Written[] = [
  (choose, { path, value }) => {
    const type = choose.one(types);
    return `${path(choose.one(named[type]))} = ${value(mostly(choose, type))}`;
  },
  ({ one }, { path, value }) => `${path('due_at')} = ${value(one(times))}`,
  ({ one }, { path, value }) => `${path('parent')} = ${value(one(parents))}`,
  ({ one }, { path, value }) => `${path('open_shard')} = if_not_exists(${path('open_shard')}, ${value(one(shards))})`,
  ({ one }, { path, value }) => `${path('due_at')} = if_not_exists(${path('due_at')}, ${value(one(times))})`,
  ({ one }, { path }) => `${path(one(named.N))} = ${path(one([...copied, 'lease']))}`,
  (choose, { path, value }) => {
    const name = choose.one(named.N);
    return `${path(name)} = ${path(name)} ${choose.one(['+', '-'])} ${value(aValue(choose, 'N'))}`;
  },
  (choose, { path, value }) => {
    const name = choose.one(named.N);
    return `${path(name)} = if_not_exists(${path(name)}, ${value(0)}) + ${value(choose.one([1, 2]))}`;
  },
  ({ one }, { path, value }) => {
    const name = one(named.S);
    return `${path(name)} = if_not_exists(${path(name)}, ${value('new')})`;
  },
  ({ one }, { path }) => {
    const name = one(named.N);
    return `${path(name)} = if_not_exists(${path(name)}, ${path(one(copied))})`;
  },
  (choose, { path, value }) => `${path('trail')} = list_append(${path('trail')}, ${value(aValue(choose, 'L'))})`,
  (choose, { path, value }) =>
    `${path(choose.one(named.M), choose.one(entries))} = ${value(mostly(choose, choose.one(['N', 'S'] as const)))}`,
  ({ one }, { path, value }) => {
    const at = [one(named.M), one(entries)];
    return `${path(...at)} = if_not_exists(${path(...at)}, ${value('now')})`;
  },
  // Refused, because a key never changes.
  ({ chance }, { path, value }) => (chance(0.2) ? `${path('sk')} = ${value('other')}` : `${path('cap')} = ${value(5)}`),
];

const removals: readonly Written[] = [
  ({ one }, { path }) => path(one(Object.values(named).flat())),
  ({ one }, { path }) => path(one(['due_at', 'open_shard', 'parent'])),
  ({ one }, { path }) => path(one(named.M), one(entries)),
];

const additions: readonly Written[] = [
  (choose, { path, value }) => `${path(choose.one(added))} ${value(aValue(choose, choose.one(['N', 'N', 'S'])))}`,
  (choose, { path, value }) => `${path(choose.one(named.SS))} ${value(aValue(choose, 'SS'))}`,
  (choose, { path, value }) => `${path(choose.one(named.NS))} ${value(aValue(choose, 'NS'))}`,
];

const subtractions: readonly Written[] = [
  (choose, { path, value }) => `${path(choose.one(named.SS))} ${value(aValue(choose, 'SS'))}`,
  (choose, { path, value }) => `${path(choose.one(named.NS))} ${value(aValue(choose, choose.one(['NS', 'NS', 'N'])))}`,
];

const written: Readonly<Record<Section, readonly Written[]>> = {
  SET: assignments,
  REMOVE: removals,
  ADD: additions,
  DELETE: subtractions,
};
