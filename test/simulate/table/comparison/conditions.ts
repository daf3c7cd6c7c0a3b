import { aValue, entries, named, times } from './attributes';
import type { Chooser } from './chooser';
import type { Placeholders } from './placeholders';

/** A condition of up to seven comparisons of the kinds that the product sends. */
export function aCondition(choose: Chooser, use: Placeholders, depth = 2): string {
  const { below } = choose;
  const inner = () => aCondition(choose, use, depth - 1);
  if (depth === 0) return aComparison(choose, use);
  switch (below(6)) {
    case 0:
      return `${inner()} AND ${inner()}`;
    case 1:
      return `${inner()} OR ${inner()}`;
    case 2:
      return `NOT ${aComparison(choose, use)}`;
    case 3:
      return `NOT (${aComparison(choose, use)} ${choose.one(['AND', 'OR'])} ${aComparison(choose, use)})`;
    case 4:
      return `(${aComparison(choose, use)} OR ${aComparison(choose, use)}) AND ${aComparison(choose, use)}`;
    default:
      return aComparison(choose, use);
  }
}

/** The types whose values are compared with each other. */
const scalars = ['N', 'S', 'BOOL', 'NULL'] as const;
const exists = ['attribute_exists', 'attribute_not_exists'];
const anyAttribute = Object.values(named).flat();
const sized = [...named.L, ...named.M, ...named.SS, ...named.NS];

type Written = (choose: Chooser, use: Placeholders) => string;

const comparisons: readonly Written[] = [
  ({ one }, { path }) => `${one(exists)}(${path('pk')})`,
  ({ one }, { path }) => `${one(exists)}(${path(one(anyAttribute))})`,
  ({ one }, { path }) => `${one(exists)}(${path(one(named.M), one(entries))})`,
  (choose, { path, value }) => {
    const type = choose.one(scalars);
    const compared = choose.chance(0.9) ? type : choose.one(scalars);
    return `${path(choose.one(named[type]))} ${choose.one(['=', '<>'])} ${value(aValue(choose, compared))}`;
  },
  (choose, { path, value }) => {
    const type = choose.one(['N', 'S'] as const);
    return `${path(choose.one(named[type]))} ${choose.one(['<', '<=', '>', '>='])} ${value(aValue(choose, type))}`;
  },
  ({ one }, { path, value }) => `${path('due_at')} ${one(['<', '<=', '='])} ${value(one(times))}`,
  // By `<` alone, as the product does: dynalite finds two attributes equal that are both missing.
  ({ one }, { path }) => `${path(one(['used', 'taken']))} < ${path('cap')}`,
  // dynalite finds an empty text among no others.
  ({ one, list, below }, { path, value }) => {
    const among = list(1 + below(3), () => value(one(['a', 'ab', 'b', 1, 2])));
    return `${path(one([...named.N, ...named.S]))} IN (${among.join(', ')})`;
  },
  (choose, { path, value }) => `contains(${path(choose.one(named.SS))}, ${value(choose.one(['e1', 'e2', 1]))})`,
  (choose, { path, value }) => `contains(${path(choose.one(named.NS))}, ${value(choose.below(4))})`,
  (choose, { path, value }) => `size(${path(choose.one(sized))}) < ${value(choose.below(4))}`,
  ({ one }, { path }) => `size(${path(one(sized))}) < ${path('limits', one(entries))}`,
];

function aComparison(choose: Chooser, use: Placeholders): string {
  return choose.one(comparisons)(choose, use);
}
