import type { ListedDelivery, RunDetail } from '../../../../api/routes';
import { deliveriesIn } from '../../../../run/step-output';
import { deliveryRows } from './deliveries';
import type { Row } from './row';
import { stepRows } from './steps';

/** More than one request answers are drawn step by step, when somebody opens a step. */
const maxAtOnce = 100;

export function deliveryCount(run: RunDetail): number {
  return run.steps.reduce((count, { output }) => count + deliveriesIn(output).length, 0);
}

export function isLarge(run: RunDetail): boolean {
  return deliveryCount(run) > maxAtOnce;
}

/**
 * The rows of the picture, from top to bottom: each step, and beneath it the deliveries of its event.
 *
 * @param opened index of the step whose deliveries are shown, if the run has so many that they are not all shown
 */
export function rowsOf(
  run: RunDetail,
  read: ReadonlyMap<string, ListedDelivery>,
  opened: number | undefined,
): readonly Row[] {
  const isFolded = isLarge(run);
  return stepRows(run).flatMap((row): Row[] => {
    const deliveries = deliveriesIn(run.steps[row.index]?.output ?? null);
    if (deliveries.length === 0) return [row];
    if (!isFolded) return [row, ...deliveryRows(row.id, deliveries, read)];
    const open = row.index === opened;
    const shown = { ...row, folded: { count: deliveries.length, open } };
    return open ? [shown, ...deliveryRows(row.id, deliveries, read)] : [shown];
  });
}
