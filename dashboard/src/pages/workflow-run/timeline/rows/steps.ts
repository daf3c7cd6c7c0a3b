import type { RunDetail } from '../../../../api/routes';
import { isOpen } from '../../../../run/open';
import { deliveriesIn, numberIn } from '../../../../run/step-output';
import type { Outcome } from '../../picture/outcome';
import type { StepRow } from './row';

type Step = RunDetail['steps'][number];

const outcomes: Readonly<Record<Step['status'], Outcome>> = {
  pending: 'waiting',
  running: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  skipped: 'stopped',
};

/** The bar of each step. It begins when the step could have begun: when the run was accepted, or the step before ended. */
export function stepRows(run: RunDetail): StepRow[] {
  let ready: number | null = Date.parse(run.created_at);
  return run.steps.map((step) => {
    const row = stepRow(run, step, ready);
    ready = row.bar?.to ?? null;
    return row;
  });
}

function stepRow(run: RunDetail, step: Step, ready: number | null): StepRow {
  const from = timeOf(step.started_at);
  const to = timeOf(step.finished_at);
  const waitSeconds = step.type === 'delay' ? numberIn(step.output, 'seconds') : undefined;
  return {
    is: 'step',
    id: `step-${step.index}`,
    index: step.index,
    type: step.type,
    status: step.status,
    outcome: outcomes[step.status],
    bar:
      from === null
        ? null
        : {
            from,
            to,
            expected: to === null && waitSeconds !== undefined ? from + waitSeconds * 1_000 : null,
            isWait: step.type === 'delay',
          },
    queued: queuedBefore(run, from, ready),
    folded: null,
    isForgotten:
      deliveriesIn(step.output).length === 0 && (numberIn(step.output, 'matched_endpoints') ?? 0) > 0 && to !== null,
  };
}

function queuedBefore(run: RunDetail, from: number | null, ready: number | null): StepRow['queued'] {
  if (ready === null) return null;
  if (from === null) return isOpen(run) ? { from: ready, to: null } : null;
  return from > ready ? { from: ready, to: from } : null;
}

export function timeOf(text: string | null): number | null {
  return text === null ? null : Date.parse(text);
}
