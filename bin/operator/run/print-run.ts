import * as z from 'zod/mini';
import type { JsonObject } from '../../../functions/domain/json';
import type { runDetailViewSchema, StepView } from '../../../functions/domain/run/view';
import type { StepType } from '../../../functions/domain/workflow/recipe';
import { printDetails, printTable, printTime } from '../terminal/table';

const sentSchema = z.array(z.object({ id: z.string(), endpoint_id: z.string(), status: z.string() }));

/** Counts steps from 1, as people do; JSON and pointers count them from 0. */
export function printRun(run: z.infer<typeof runDetailViewSchema>): string {
  const properties = printDetails({
    id: run.id,
    uid: run.uid,
    workflow: `${run.workflow_id} ${run.workflow_name}, version ${run.workflow_version}`,
    status: run.status,
    error: run.error && `${run.error.code}${atStep(run.error.step)}: ${run.error.message}`,
    'triggered by': `${run.triggered_by.name} (${run.triggered_by.channel})`,
    'rerun of': run.rerun_of,
    input: JSON.stringify(run.input),
    created: printTime(run.created_at),
    started: printTime(run.started_at),
    finished: printTime(run.finished_at),
    'request id': run.request_id,
  });
  const steps = printTable(
    ['step', 'type', 'status', 'started', 'finished', 'outcome'],
    run.steps.map((step) => [
      step.index + 1,
      step.type,
      step.status,
      printTime(step.started_at),
      printTime(step.finished_at),
      describeOutcome(step),
    ]),
    'No steps: the recipe was refused.',
  );
  const sent = run.steps
    .flatMap(deliveriesOf)
    .map(({ id, step, endpoint_id, status }) => [id, step + 1, endpoint_id, status]);
  if (sent.length === 0) return `${properties}\n\n${steps}`;
  return `${properties}\n\n${steps}\n\n${printTable(['delivery', 'step', 'endpoint', 'status'], sent, '')}`;
}

function atStep(index: number | null): string {
  return index === null ? '' : ` at step ${index + 1}`;
}

/** What a step did, or why it failed; null before it ends. */
export function describeOutcome({ type, output, error }: StepView): string | null {
  if (error !== null) return `${error.code}: ${error.message}`;
  if (output === null) return null;
  return outcomeOf[type](output) ?? JSON.stringify(output);
}

/** The output of a step in words; undefined when it lacks what the words need, as an output that was cut short does. */
const outcomeOf: Readonly<Record<StepType, (output: JsonObject) => string | undefined>> = {
  log: ({ message }) => (typeof message === 'string' ? message : undefined),
  fire_webhook_event: webhookOutcome,
  delay: ({ seconds }) => (typeof seconds === 'number' ? `${seconds} s` : undefined),
};

function webhookOutcome({ event, matched_endpoints: matched }: JsonObject): string | undefined {
  if (typeof event !== 'string') return undefined;
  const receivers = matched === 0 ? 'no endpoint is subscribed' : `endpoints: ${JSON.stringify(matched)}`;
  return `${event}, ${receivers}`;
}

/** The deliveries of a step's event, each with the index of its step. */
export function deliveriesOf({ index, output }: StepView) {
  const { data = [] } = sentSchema.safeParse(output?.['deliveries']);
  return data.map((delivery) => ({ ...delivery, step: index }));
}
