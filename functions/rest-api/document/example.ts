import type { Component } from './component';

/** The example of a component, which is the first of its `examples`. */
export function exampleOf({ name, keywords }: Component): unknown {
  const { examples = [] } = keywords;
  if (examples.length === 0) throw new Error(`${name} has no example; give it one.`);
  return examples[0];
}
