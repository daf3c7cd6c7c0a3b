/** Parts of states, each known by a small number. */
export interface Numbered<Part> {
  /** The first part that is equal to this one. States that keep only first parts share them. */
  readonly first: (part: Part) => Part;
  readonly number: (part: Part) => number;
}

/**
 * Gives equal parts of states the same small number, so that a state is known by a few numbers instead of a long text.
 *
 * @param text equal for parts that behave alike
 */
export function numbered<Part extends object>(text: (part: Part) => string): Numbered<Part> {
  const known = new Map<string, Part>();
  const numbers = new WeakMap<Part, number>();
  const first = (part: Part): Part => {
    const written = text(part);
    const found = known.get(written);
    if (found !== undefined) return found;
    numbers.set(part, known.size);
    known.set(written, part);
    return part;
  };
  return { first, number: (part) => numbers.get(part) ?? numbers.get(first(part)) ?? 0 };
}
