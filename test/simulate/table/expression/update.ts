import { typeOf } from '../../../engines/kinds/type-of';
import { invalid } from '../refusals';
import { frozenSet } from '../stored-value';
import { parseAssigned, sumOf, wrongType } from './assigned';
import { parsedOnce, type Check, type Scope } from './expression';
import { parsePath, readerOf, type Path } from './path';
import type { Tokens } from './tokens';

/** One change of an update: the value that is at its path afterwards, undefined if there is none. */
export interface Clause {
  readonly path: Path;
  readonly valueOf: (scope: Scope) => unknown;
}

export const update = parsedOnce<readonly Clause[]>((tokens, checks) => {
  const clauses: Clause[] = [];
  const sections = new Set<string>();
  while (!tokens.isAtEnd()) {
    const word = tokens.next();
    const parse = sectionsKnown[word];
    if (parse === undefined || sections.has(word)) throw tokens.unknown();
    sections.add(word);
    do clauses.push(parse(tokens, checks));
    while (tokens.take(','));
  }
  if (clauses.length === 0) throw tokens.unknown();
  return clauses;
});

const sectionsKnown: Readonly<Record<string, (tokens: Tokens, checks: Check[]) => Clause>> = {
  SET: (tokens, checks) => {
    const path = parsePath(tokens);
    tokens.expect('=');
    return { path, valueOf: parseAssigned(tokens, checks) };
  },
  REMOVE: (tokens) => ({ path: parsePath(tokens), valueOf: () => undefined }),
  ADD: (tokens, checks) => changed(tokens, checks, ['N', 'SS', 'NS'], added),
  DELETE: (tokens, checks) => changed(tokens, checks, ['SS', 'NS'], without),
};

/** A clause whose value is made of what is there and a value of the request. */
function changed(
  tokens: Tokens,
  checks: Check[],
  types: readonly string[],
  change: (before: unknown, by: unknown) => unknown,
): Clause {
  const path = parsePath(tokens);
  const read = readerOf(path);
  const name = tokens.next();
  if (!name.startsWith(':')) throw tokens.unknown();
  checks.push((values) => {
    if (!types.includes(typeOf(values[name]))) throw invalid('Incorrect operand type for operator or function');
  });
  return {
    path,
    valueOf: (scope) => {
      const [before, by] = [read(scope), scope.values[name]];
      if (before !== undefined && typeOf(before) !== typeOf(by)) throw wrongType();
      return change(before, by);
    },
  };
}

function added(before: unknown, by: unknown): unknown {
  if (before === undefined) return by;
  if (typeof by === 'number') return sumOf(Number(before), by);
  return frozenSet([...(before as Set<unknown>), ...(by as Set<unknown>)]);
}

function without(before: unknown, by: unknown): unknown {
  if (before === undefined) return undefined;
  const left = [...(before as Set<unknown>)].filter((member) => !(by as Set<unknown>).has(member));
  return left.length === 0 ? undefined : frozenSet(left);
}
