import type * as z from 'zod/mini';
import type { runDetailViewSchema, StepView } from '../../../functions/domain/run/view';
import { printable } from '../terminal/printable';
import { deliveriesOf, describeOutcome } from './print-run';

type RunDetail = z.infer<typeof runDetailViewSchema>;

/** What became of a run since it was last looked at: `json` for programs, `text` for people. */
export interface RunChange {
  readonly json: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Steps that still wait are no news. In the order in which things happen: the run's end comes last. */
export function changesOf(before: RunDetail | undefined, now: RunDetail, at: string): RunChange[] {
  const started = before === undefined || before.status !== now.status ? [runChange(now, at)] : [];
  const steps = now.steps
    .filter(({ index, status }) => status !== 'pending' && status !== before?.steps[index]?.status)
    .map((step) => stepChange(step, at));
  const known = new Map(before?.steps.flatMap(deliveriesOf).map(({ id, status }) => [id, status]));
  const deliveries = now.steps
    .flatMap(deliveriesOf)
    .filter(({ id, status }) => known.get(id) !== status)
    .map((delivery) => {
      const { id, endpoint_id: endpoint, status, step } = delivery;
      return change(at, `delivery ${id}`, status, `of step ${step + 1}, to ${endpoint}`, {
        kind: 'delivery',
        id,
        endpoint_id: endpoint,
        step_index: step,
        status,
      });
    });
  return now.finished_at === null ? [...started, ...steps, ...deliveries] : [...steps, ...deliveries, ...started];
}

function runChange({ id, uid, status, workflow_name: name, workflow_version: version, error }: RunDetail, at: string) {
  const what = error === null ? `${name}, version ${version}` : `${error.code}: ${error.message}`;
  return change(at, `run ${id}`, status, what, { kind: 'run', id, uid, status, error });
}

function stepChange(step: StepView, at: string): RunChange {
  const { index, type, status, output, error } = step;
  const outcome = describeOutcome(step);
  const what = outcome === null ? type : `${type}: ${outcome}`;
  return change(at, `step ${index + 1}`, status, what, { kind: 'step', index, type, status, output, error });
}

function change(at: string, subject: string, status: string, what: string, json: Record<string, unknown>): RunChange {
  return { json: { at, ...json }, text: printable(`${at}  ${subject.padEnd(10)}  ${status.padEnd(9)}  ${what}`) };
}
