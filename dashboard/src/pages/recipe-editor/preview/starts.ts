import type { StepPreview } from '../../../api/routes';

/** How long after the beginning of a run each step begins, by the waits before it. */
export function startsOf(steps: readonly StepPreview[]): readonly number[] {
  const starts: number[] = [];
  let total = 0;
  for (const step of steps) {
    starts.push(total);
    if (step.type === 'delay') total += step.seconds;
  }
  return starts;
}
