import type { StepPreview } from '../../../../../functions/domain/run/preview/steps';

/** How long after the beginning of a run each step begins, by the waits before it. */
export function startsOf(steps: readonly StepPreview[]): readonly number[] {
  const starts: number[] = [];
  let total = 0;
  for (const step of steps) {
    starts.push(total);
    total += step.seconds ?? 0;
  }
  return starts;
}
