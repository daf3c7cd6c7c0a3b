import type { ParseContext } from 'dynalite/db/conditionParser';

type Values = NonNullable<ParseContext['attrVals']>;

/** Stands where a parsed expression contained one of the request's values. */
class Place {
  constructor(readonly valueOf: string) {}
}

/** @returns the parsed expression without the values that came with it */
export function templateOf(parsed: unknown, values: Values): unknown {
  const names = new Map<unknown, string>(Object.entries(values).map(([name, value]) => [value, name]));
  return copy(parsed, (node) => {
    const name = names.get(node);
    return name === undefined ? undefined : new Place(name);
  });
}

/** @returns the parsed expression with other values. It is a copy, because dynalite writes results into it. */
export function fillTemplate(template: unknown, values: Values): unknown {
  return copy(template, (node) => (node instanceof Place ? values[node.valueOf] : undefined));
}

function copy(node: unknown, replace: (node: object) => unknown): unknown {
  if (typeof node !== 'object' || node === null) return node;
  const replaced = replace(node);
  if (replaced !== undefined) return replaced;
  if (Array.isArray(node)) return node.map((item: unknown) => copy(item, replace));
  // Some objects of the parser have no prototype, because they are asked for any name that a request may contain.
  const copied = Reflect.getPrototypeOf(node) === null ? withoutPrototype() : {};
  for (const [name, value] of Object.entries(node)) Reflect.set(copied, name, copy(value, replace));
  return copied;
}

function withoutPrototype(): object {
  const empty = {};
  Reflect.setPrototypeOf(empty, null);
  return empty;
}
