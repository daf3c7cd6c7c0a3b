import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { busyPace } from '../../../api/pace';
import type { ListedDelivery, RunDetail } from '../../../api/routes';
import { useRead } from '../../../api/use-api';
import { pollDeliveries } from '../../../delivery/use-endpoint-deliveries';
import { isOpen } from '../../../run/open';
import { deliveriesIn } from '../../../run/step-output';
import { deliveryCount, isLarge } from './rows/rows';

/** While the run is read every five seconds beside them, the attempts are read more rarely, to stay within the budget. */
const besideRunMs = 10_000;
const maxDeliveries = 100;

interface Attempts {
  /** The deliveries that were read, with the outlines of their attempts, by their ids. */
  readonly read: ReadonlyMap<string, ListedDelivery>;
  readonly error: Error | null;
  readonly retry: () => void;
}

/**
 * The deliveries of a run with their attempts: all of them in one request, or, if the run has too many, those of the step
 * that is open. They are read again while one is pending, and when the run shows that one has changed.
 *
 * @param opened index of a step
 */
export function useAttempts(run: RunDetail, opened: number | undefined): Attempts {
  const queries = useQueryClient();
  const large = isLarge(run);
  const step = large ? opened : undefined;
  const { data, error, refetch } = useRead(
    'GET webhook-deliveries',
    { query: { run_id: String(run.id), attempts: 'true', limit: maxDeliveries, step_index: step } },
    {
      enabled: deliveryCount(run) > 0 && (!large || step !== undefined),
      poll: ({ data: shown }) => pollAttempts(run, shown),
    },
  );
  const shown = data?.data;
  const read = useMemo(() => new Map(shown?.map((delivery) => [delivery.id, delivery])), [shown]);
  // After its end the run itself is read rarely. The list of its steps is to say the same as the picture.
  useEffect(() => {
    if (shown !== undefined && differs(run, shown) && !isOpen(run))
      void queries.invalidateQueries({ queryKey: ['GET workflow-runs/{id}', { id: String(run.id) }] });
    // Once for each reading of the attempts.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [shown]);
  return { read, error, retry: () => void refetch() };
}

function pollAttempts(run: RunDetail, shown: readonly ListedDelivery[]): number | false {
  const isPending = shown.some(({ status }) => status === 'pending');
  const pace = differs(run, shown) ? busyPace(0) : isPending && pollDeliveries(shown);
  return pace !== false && isOpen(run) ? Math.max(pace, besideRunMs) : pace;
}

/** Whether the run names deliveries of which something else was read, or nothing. */
function differs(run: RunDetail, shown: readonly ListedDelivery[]): boolean {
  const steps = new Set(
    isLarge(run) ? shown.map(({ step_index: index }) => index) : run.steps.map(({ index }) => index),
  );
  const statuses = new Map(shown.map(({ id, status }) => [id, status]));
  return run.steps.some(
    ({ index, output }) =>
      steps.has(index) && deliveriesIn(output).some(({ id, status }) => statuses.get(id) !== status),
  );
}
