import { lengthOf, type Span } from './folds';

/** Where moments are drawn: from 0, the left edge of the picture, to 1, the right one. */
export interface Scale {
  readonly whole: Span;
  readonly folds: readonly Span[];
  /** A later moment is never drawn further left. Moments outside are drawn at the edge. */
  readonly at: (ms: number) => number;
  /** The share of the picture that a millisecond has outside the folds. */
  readonly sharePerMs: number;
}

/** What a fold takes of the width, whatever its length. The now-line moves through it, only faster or more slowly. */
const foldShare = 0.07;

/** @param folds in their order, inside of `whole`, and not overlapping */
export function timeScale(whole: Span, folds: readonly Span[]): Scale {
  const openMs = folds.reduce((left, fold) => left - lengthOf(fold), lengthOf(whole));
  const sharePerMs = openMs <= 0 ? 0 : (1 - folds.length * foldShare) / openMs;
  return {
    whole,
    folds,
    sharePerMs,
    at: (ms) => {
      const moment = Math.min(Math.max(ms, whole.from), whole.to);
      const shares = folds.map((fold) => {
        const passed = Math.min(Math.max(moment - fold.from, 0), lengthOf(fold));
        return { passed, share: (passed / lengthOf(fold)) * foldShare };
      });
      const folded = shares.reduce((sum, { passed }) => sum + passed, 0);
      const share = shares.reduce((sum, one) => sum + one.share, 0);
      return Math.min(1, (moment - whole.from - folded) * sharePerMs + share);
    },
  };
}
