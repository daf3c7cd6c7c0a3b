import { aDelay, aLog, aRecipe, aWebhookStep } from '../support/builders';
import type { Flow } from './flow';
import {
  cancel,
  loseExecutions,
  lostAdmissions,
  performed,
  rerun,
  restart,
  trigger,
  unfinishedWork,
} from './operations';
import { invoke } from './simulation/recorder';
import { after } from './simulation/schedule';
import { done, untilQuiet } from './simulation/simulation';

/** Two segments with a delay between them, and a webhook step in each. */
const fiveSteps = aRecipe({
  steps: [aLog(), aWebhookStep(), aDelay(20), aWebhookStep({ event: 'campaign.ended' }), aLog('Over')],
});
const oneEvent = aRecipe({ steps: [aWebhookStep()] });
const oneLog = aRecipe({ steps: [aLog()] });

/** Everything the product does that may be interrupted. */
export const flows: readonly Flow[] = [
  {
    name: 'trigger',
    recipe: oneLog,
    walked: ['rest-api'],
    act: (world) => trigger(world),
    ends: ['succeeded'],
  },
  {
    name: 'trigger with an idempotency key, repeated until answered',
    recipe: oneLog,
    walked: ['rest-api'],
    act: (world) => trigger(world, 'key-1'),
    ends: ['succeeded'],
    runs: 1,
  },
  {
    name: 'rerun with an idempotency key, repeated until answered',
    recipe: oneLog,
    walked: ['rest-api'],
    arrange: async (world) => {
      await trigger(world);
      await untilQuiet(world);
    },
    act: (world) => rerun(world, 'key-2'),
    ends: ['succeeded'],
    runs: 2,
  },
  {
    name: 'the segments of five steps on Express, two endpoints',
    recipe: fiveSteps,
    endpoints: { hook: ['*'], second: ['campaign.*'] },
    walked: ['run-segment'],
    arrange: (world) => trigger(world),
    ends: ['succeeded'],
  },
  {
    name: 'the segments of five steps on Standard',
    recipe: fiveSteps,
    engineSetting: 'standard',
    walked: ['run-segment'],
    arrange: (world) => trigger(world),
    ends: ['succeeded'],
  },
  {
    name: 'the last segment of a run whose end somebody waits for',
    recipe: oneLog,
    endpoints: { watcher: ['run.succeeded'] },
    subscribed: [],
    systemEvents: { watcher: 'run.succeeded' },
    walked: ['run-segment'],
    arrange: (world) => trigger(world),
    ends: ['succeeded'],
  },
  {
    name: 'a second start of the same run during its delay',
    recipe: fiveSteps,
    walked: ['run-segment'],
    arrange: async (world) => {
      await trigger(world);
      await world.schedule.advanceTo(after(world.schedule, 10));
    },
    act: async (world) => {
      await restart(world, 1);
      const [execution] = world.stepFunctions.executions;
      // Both come out of the delay together: one performs its steps between those of the other and their write.
      world.recorder.interrupt(
        (of, call) => of === 'run-segment' && call === 'Update run',
        () => invoke(world, 'run-segment', () => world.product.runSegment(execution!.data)).then(done, done),
      );
    },
    ends: ['succeeded'],
  },
  {
    name: "a lost answer after the segment's write",
    recipe: fiveSteps,
    walked: ['run-segment'],
    arrange: (world) => trigger(world),
    act: async ({ recorder }) =>
      recorder.alsoHarm((of, call) => of === 'run-segment' && call === 'Update run', 'answer_lost'),
    ends: ['succeeded'],
  },
  {
    name: 'cancel in the middle of a segment',
    recipe: fiveSteps,
    engineSetting: 'standard',
    walked: ['run-segment', 'rest-api'],
    arrange: (world) => trigger(world),
    act: async (world) =>
      world.recorder.interrupt(
        (of, call) => of === 'run-segment' && call.startsWith('SendMessageBatch'),
        () => cancel(world, 1),
      ),
    ends: ['cancelled'],
    cancels: true,
  },
  {
    name: 'a delivery that is accepted',
    recipe: oneEvent,
    walked: ['deliver-webhook'],
    arrange: performed,
    ends: ['succeeded'],
  },
  {
    name: 'a delivery that fails twice',
    recipe: oneEvent,
    walked: ['deliver-webhook'],
    respond: (_arrival, nth) => (nth <= 2 ? 500 : 200),
    arrange: performed,
    ends: ['succeeded'],
  },
  {
    name: 'a delivery to a receiver that is gone, and the news of it',
    recipe: oneEvent,
    endpoints: { hook: ['campaign.*'], watcher: ['endpoint.disabled'] },
    walked: ['deliver-webhook'],
    respond: ({ path }) => (path === '/hook' ? 410 : 200),
    arrange: performed,
    ends: ['succeeded'],
    deliveries: { hook: 'failed' },
    subscribed: ['hook'],
    systemEvents: { watcher: 'endpoint.disabled' },
  },
  {
    name: 'settlement of admissions that were lost',
    recipe: oneLog,
    walked: ['recover-runs'],
    arrange: lostAdmissions,
    leavesUnsettled: true,
    ends: ['succeeded'],
    runs: 1,
  },
  {
    name: 'recovery of runs and deliveries',
    recipe: aRecipe({ steps: [aWebhookStep(), aDelay(20)] }),
    walked: ['recover-runs'],
    arrange: unfinishedWork,
    ends: ['succeeded', 'succeeded', 'failed', 'failed'],
    runs: 4,
  },
  {
    name: 'recovery of a Standard execution that was aborted',
    recipe: fiveSteps,
    engineSetting: 'standard',
    walked: ['recover-runs'],
    arrange: async (world) => {
      await trigger(world);
      await world.schedule.advanceTo(after(world.schedule, 10));
    },
    act: async (world) => {
      await loseExecutions(world);
      await world.schedule.advanceTo(world.schedule.now());
    },
    until: 'act ends',
    ends: ['succeeded'],
  },
];
