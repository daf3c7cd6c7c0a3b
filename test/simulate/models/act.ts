/**
 * One conditional write of a store, on one row as the model sees it. The search and the judge of real traces use the same
 * acts, so what is searched is what the real writes are held to.
 */
export interface Act<Row, Around> {
  /** The store's function, such as `admission.count`. */
  readonly name: string;
  /** The name with its arguments: acts of equal text are the same request. */
  readonly text: string;
  /** The condition of the write; the table looks at this row and at nothing else. */
  readonly allows: (row: Row | undefined) => boolean;
  readonly writes: (row: Row | undefined) => Row | undefined;
  /**
   * What must be true of all rows whenever the write takes effect, although the table does not check it. The search proves
   * it, and a real write that violates it is reported.
   *
   * @returns what is wrong
   */
  readonly demands: (around: Around, row: Row | undefined) => string | undefined;
}

/** @param args without what the function is always called with, such as the tenant */
export function act<Row, Around>(
  name: string,
  args: readonly (string | number | undefined)[],
  parts: Pick<Act<Row, Around>, 'allows' | 'writes'> & Partial<Pick<Act<Row, Around>, 'demands'>>,
): Act<Row, Around> {
  const text = `${name}(${args.filter((arg) => arg !== undefined).join(', ')})`;
  return { name, text, demands: () => undefined, ...parts };
}

/** The same act without its condition, for planted bugs. */
export function always<Row, Around>(sound: Act<Row, Around>): Act<Row, Around> {
  return { ...sound, allows: () => true };
}
