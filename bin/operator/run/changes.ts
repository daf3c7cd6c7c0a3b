import type * as z from 'zod/mini';
import type { runDetailViewSchema, StepView } from '../../../functions/domain/run/view';
import { printable } from '../terminal/printable';
import { deliveriesOf, describeOutcome } from './print-run';

type RunDetail = z.infer<typeof runDetailViewSchema>;

/** One change of a run since it was last read: `json` for programs, `text` for people. */
export interface RunChange {
  readonly json: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Lists changes in the order in which they happen: the end of the run comes last. Pending steps are not listed. */
export function changesOf(previous: RunDetail | undefined, current: RunDetail, at: string): RunChange[] {
  const ofRun = previous === undefined || previous.status !== current.status ? [runChange(current, at)] : [];
  const steps = current.steps
    .filter(({ index, status }) => status !== 'pending' && status !== previous?.steps[index]?.status)
    .map((step) => stepChange(step, at));
  const knownStatuses = new Map(previous?.steps.flatMap(deliveriesOf).map(({ id, status }) => [id, status]));
  const deliveries = current.steps
    .flatMap(deliveriesOf)
    .filter(({ id, status }) => knownStatuses.get(id) !== status)
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
  return current.finished_at === null ? [...ofRun, ...steps, ...deliveries] : [...steps, ...deliveries, ...ofRun];
}

function runChange({ id, uid, status, workflow_name: name, workflow_version: version, error }: RunDetail, at: string) {
  const description = error === null ? `${name}, version ${version}` : `${error.code}: ${error.message}`;
  return change(at, `run ${id}`, status, description, { kind: 'run', id, uid, status, error });
}

function stepChange(step: StepView, at: string): RunChange {
  const { index, type, status, output, error } = step;
  const outcome = describeOutcome(step);
  const description = outcome === null ? type : `${type}: ${outcome}`;
  return change(at, `step ${index + 1}`, status, description, { kind: 'step', index, type, status, output, error });
}

function change(
  at: string,
  subject: string,
  status: string,
  description: string,
  json: Record<string, unknown>,
): RunChange {
  return {
    json: { at, ...json },
    text: printable(`${at}  ${subject.padEnd(10)}  ${status.padEnd(9)}  ${description}`),
  };
}
