import {
  runErrorCodeSchema,
  runErrorSchema,
  stepErrorSchema,
  stepStatusSchema,
  triggeredBySchema,
} from '../../../domain/run/run';
import { capUsageSchema, recipePreviewSchema } from '../../../domain/run/preview/recipe';
import { runPreviewSchema } from '../../../domain/run/preview/run';
import { matchedEndpointSchema, stepPreviewSchema } from '../../../domain/run/preview/steps';
import { runDetailViewSchema, runViewSchema, startedRunViewSchema, stepViewSchema } from '../../../domain/run/view';
import { runStatusSchema } from '../../../domain/run-status';
import { triggerBodySchema } from '../../run/trigger-run';
import { rerunBodySchema } from '../../run/rerun-run';
import { answered, count, extended, id, inPlace, named, sent, time } from '../component';
import * as examples from '../examples/run';
import { overviewComponents } from './overview';

const run = answered(
  'Run',
  runViewSchema,
  { description: 'One execution of a workflow. Runs are permanent.', examples: [examples.run] },
  {
    id: id('The number of the run, unique in its tenant: the #N of the dashboard.'),
    uid: {
      description: 'The id of the run in log lines, execution names and webhooks, unique over all tenants.',
      examples: [examples.run.uid],
    },
    workflow_id: id('The workflow that ran.'),
    workflow_name: 'The name of the workflow when the run was accepted.',
    workflow_version: id('The version of the recipe that the run performs, whatever is written meanwhile.'),
    status: 'How far the run is.',
    steps_total: count('The number of steps of the recipe.'),
    steps_succeeded: count('Steps that succeeded so far.'),
    steps_failed: count('Steps that failed so far.'),
    triggered_by: 'Who started the run.',
    rerun_of: { ...id('The run that this one repeats; null if a trigger started it.'), examples: [null] },
    created_at: time('When the run was accepted. It counts on this UTC day.'),
    started_at: time('When its first step began; null while it is queued.'),
    finished_at: time('When it ended; null until then.'),
    deadline_at: time('A run that has not ended by then ends as failed with `run_timed_out`.'),
    error: 'The first failure; null if nothing failed.',
    request_id: 'The request that started the run.',
  },
);

const startedRun = extended(
  'StartedRun',
  [run, runViewSchema],
  startedRunViewSchema,
  { description: 'A run with its input.', examples: [examples.startedRun] },
  { input: 'The input as sent; `{}` if none was.' },
);

export const runComponents = [
  run,
  ...overviewComponents,
  startedRun,
  extended(
    'RunDetail',
    [startedRun, startedRunViewSchema],
    runDetailViewSchema,
    { description: 'A run with its input and every step.', examples: [examples.runDetail] },
    { steps: 'The steps in the order of the recipe, also those that were not performed yet.' },
  ),
  answered(
    'RunStep',
    stepViewSchema,
    { description: 'One step of a run.', examples: [examples.runStep] },
    {
      index: count('The place of the step in the recipe, from 0.'),
      type: 'The type of the step.',
      status: 'How far the step is.',
      started_at: time('When the step began; null until then.'),
      finished_at: time('When the step ended; null until then.'),
      output:
        'What the step did, null until then. `log`: `message`. `fire_webhook_event`: `event`, `matched_endpoints` and `deliveries`. `delay`: `seconds`. `missing` lists placeholders that the input did not fill; `truncated: true` stands for an output that no longer fits into the trail.',
      error: 'Why the step failed; null if it did not.',
    },
  ),
  answered(
    'RunError',
    runErrorSchema,
    { description: 'The first failure of a run.' },
    {
      code: 'The stable code, for programs.',
      message: 'What failed.',
      step: count('The index of the failed step, from 0; null if the run failed as a whole.'),
    },
  ),
  answered(
    'StepError',
    stepErrorSchema,
    { description: 'Why a step failed.' },
    { code: 'The stable code, for programs.', message: 'What failed.' },
  ),
  answered(
    'TriggeredBy',
    triggeredBySchema,
    { description: 'Who started a run.' },
    { channel: 'The door through which it was started.', name: "The token's name, or the member's e-mail address." },
  ),
  named('RunStatus', runStatusSchema, {
    description: '`queued`, then `running`, then one of the others, which is final.',
  }),
  named('StepStatus', stepStatusSchema, {
    description: '`skipped`: the run ended before the step. `running`: a delay that has not ended.',
  }),
  named('RunErrorCode', runErrorCodeSchema, {
    description:
      'Why a run or step failed. The three codes of recipes: the stored recipe is older than a rule, and no step ran. `rendered_too_large`: a text with its input filled in is over its limit. `run_timed_out`, `run_interrupted`: the run could not be brought to its end.',
  }),
  answered(
    'RecipePreview',
    recipePreviewSchema,
    { description: 'What a valid recipe would do.', examples: [examples.recipeCheck] },
    {
      valid: 'Always true: a recipe that is not valid is refused with 422.',
      steps_total: count('The number of steps.'),
      total_delay_seconds: count('The sum of its delays, in seconds.'),
      events: 'The distinct events that it fires.',
      warnings: 'What its author should look at again, at most 100.',
      input:
        'With `preview=true` only: the input that the steps are shown with, made of the examples and defaults that the recipe declares.',
      steps: 'With `preview=true` only: what each step would do with this input.',
      usage: 'With `preview=true` only: how much of the daily run cap is used.',
    },
  ),
  answered(
    'RunPreview',
    runPreviewSchema,
    {
      description: 'What a run started now would do. Nothing was started or counted.',
      examples: [examples.runPreview],
    },
    {
      valid: 'Always true: a recipe that is not valid is refused with 422.',
      steps_total: count('The number of steps.'),
      total_delay_seconds: count('The sum of its delays, in seconds.'),
      events: 'The distinct events that it would fire.',
      warnings: 'What its author should look at again, at most 100.',
      webhook_steps: 'Its webhook steps, and how many endpoints each would reach now.',
      input: 'The input that the run would get: the one that was sent, with the defaults that the workflow declares.',
      steps: 'What each step would do with this input.',
      usage: 'How much of the daily run cap is used.',
    },
  ),
  answered(
    'StepPreview',
    stepPreviewSchema,
    { description: 'What a step would do. Which members it has depends on its type.' },
    {
      index: count('The place of the step in the recipe, from 0.'),
      type: 'The type of the step.',
      missing: 'Paths of the input that its placeholders name and the input does not have. They stay in the text.',
      error: 'Why the step would fail; null if it would not.',
      truncated: 'True if the texts of all steps are over 64 KB together, and that of this step was left out.',
      message: 'The message of a `log` step, filled in.',
      seconds: count('How long a `delay` step waits, in seconds.'),
      event: 'The event of a `fire_webhook_event` step.',
      payload: 'Its payload, filled in.',
      matched_endpoints: count('Active endpoints that subscribe to the event.'),
      endpoints: 'The first ten of them.',
    },
  ),
  inPlace(
    matchedEndpointSchema,
    { description: 'An endpoint that the event would reach.' },
    { id: 'Its id.', url: { description: 'Its URL without the query.', format: 'uri' } },
  ),
  answered(
    'WebhookStepPreview',
    runPreviewSchema.shape.webhook_steps.def.element,
    { description: 'A webhook step and the endpoints that it would reach.' },
    {
      index: count('The place of the step in the recipe, from 0.'),
      event: 'The event that it fires.',
      matched_endpoints: count('Active endpoints that subscribe to the event.'),
      typed_inputs:
        'The distinct paths of `{{input.path | json}}` in the payload: values of the input that keep their type.',
    },
  ),
  answered(
    'CapUsage',
    capUsageSchema,
    { description: 'How much of the daily run cap is used.' },
    {
      day: { description: 'The UTC day.', format: 'date' },
      used: count('Runs accepted on this day.'),
      cap: count('The daily run cap; null if it is unlimited.'),
      remaining: count('Runs that may still start on this day; null if they are unlimited.'),
      resets_at: time('When the next day begins.'),
    },
  ),
  sent(
    'TriggerRun',
    triggerBodySchema,
    { description: 'What a run is started with.', examples: [examples.triggerRun] },
    {
      input: {
        description:
          'Values for `{{input.path}}` in the recipe, at most 32 KB as JSON. Send numbers that 64-bit floating point does not hold exactly as strings.',
      },
    },
  ),
  sent(
    'RerunRun',
    rerunBodySchema,
    { description: 'How a run is repeated.', examples: [examples.rerunRun] },
    { version: 'Which version of the recipe the new run performs: that of the earlier run, or the current one.' },
  ),
];
