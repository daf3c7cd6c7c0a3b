/** The steps that are selected, by key. */
export interface Selection {
  readonly keys: ReadonlySet<string>;
  /** Where a range begins: the step that was selected last without Shift. */
  readonly anchor: string | undefined;
}

export const nothingSelected: Selection = { keys: new Set(), anchor: undefined };

export function selected(keys: Iterable<string>): Selection {
  const set = new Set(keys);
  return { keys: set, anchor: [...set].at(-1) };
}

export function toggled({ keys }: Selection, key: string): Selection {
  const changed = new Set(keys);
  if (!changed.delete(key)) changed.add(key);
  return { keys: changed, anchor: key };
}

/** Everything from the anchor to a step, whichever comes first, besides what is selected already. */
export function extendedTo({ keys, anchor }: Selection, key: string, order: readonly string[]): Selection {
  const to = order.indexOf(key);
  const from = anchor === undefined || !order.includes(anchor) ? to : order.indexOf(anchor);
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { keys: new Set([...keys, ...range]), anchor: order[from] };
}

/** Without steps that are gone. The same object if none is. */
export function stillThere(selection: Selection, order: readonly string[]): Selection {
  const left = order.filter((key) => selection.keys.has(key));
  return left.length === selection.keys.size ? selection : { ...selection, keys: new Set(left) };
}
