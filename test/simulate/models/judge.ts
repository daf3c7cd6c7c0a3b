import type { Act } from './act';

/**
 * Judges one write of the real code: an act of the model must lead from the row before to the row after, the model must
 * allow it there, and what the model relies on must be true of the other rows.
 *
 * @param acts every act that might have led to `after`
 * @param text equal for rows that differ in nothing but what changes without a write
 * @returns what is wrong
 */
export function judgeWrite<Row, Around>(
  acts: readonly Act<Row, Around>[],
  { before, after }: { readonly before: Row | undefined; readonly after: Row | undefined },
  around: Around,
  text: (row: Row | undefined) => string,
): string | undefined {
  const wanted = text(after);
  let refused: Act<Row, Around> | undefined;
  for (const act of acts) {
    if (text(act.writes(before)) !== wanted) continue;
    if (act.allows(before)) {
      const wrong = act.demands(around, before);
      return wrong && `${act.text}: ${wrong}`;
    }
    refused ??= act;
  }
  return refused === undefined
    ? `no action of the model leads from ${text(before)} to ${wanted}`
    : `${refused.text} took effect, and the model does not allow it from ${text(before)}`;
}
