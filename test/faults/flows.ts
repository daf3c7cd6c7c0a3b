import { endpointKey } from '../../functions/aws/keys';
import { aDelay, aLog, aRecipe, aWebhookStep } from '../support/builders';
import { overwrite } from '../support/table';
import { endpointId, tenantId } from './fixture';
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
  waitsForHandOver,
} from './operations';
import { invoke } from './simulation/recorder';
import { after } from './simulation/schedule';
import { ignoreOutcome, runUntilIdle } from './simulation/simulation';

/** A recipe of two segments with a delay between them and a webhook step in each. */
const fiveSteps = aRecipe({
  steps: [aLog(), aWebhookStep(), aDelay(20), aWebhookStep({ event: 'campaign.ended' }), aLog('Over')],
});
/** Its seventh segment, 180 s after the start, hands the run over. */
const fourMinutes = aRecipe({ steps: [...Array.from({ length: 7 }, () => aDelay(30)), aWebhookStep(), aLog('Over')] });
const oneEvent = aRecipe({ steps: [aWebhookStep()] });
const oneLog = aRecipe({ steps: [aLog()] });

/**
 * The flows into which faults are injected. Together they reach every call of the product that a fault can interrupt.
 */
export const flows: readonly Flow[] = [
  {
    name: 'trigger',
    recipe: oneLog,
    targets: ['rest-api'],
    act: (simulation) => trigger(simulation),
    expectedStatuses: ['succeeded'],
  },
  {
    name: 'trigger with an idempotency key, retried until it succeeds',
    recipe: oneLog,
    targets: ['rest-api'],
    act: (simulation) => trigger(simulation, 'key-1'),
    expectedStatuses: ['succeeded'],
    expectedRuns: 1,
  },
  {
    name: 'rerun with an idempotency key, retried until it succeeds',
    recipe: oneLog,
    targets: ['rest-api'],
    arrange: async (simulation) => {
      await trigger(simulation);
      await runUntilIdle(simulation);
    },
    act: (simulation) => rerun(simulation, 'key-2'),
    expectedStatuses: ['succeeded'],
    expectedRuns: 2,
  },
  {
    name: 'the segments of five steps on Express, two endpoints',
    recipe: fiveSteps,
    endpoints: { hook: ['*'], second: ['campaign.*'] },
    targets: ['run-segment'],
    arrange: (simulation) => trigger(simulation),
    expectedStatuses: ['succeeded'],
  },
  {
    name: 'the segments of five steps on Standard',
    recipe: fiveSteps,
    engineSetting: 'standard',
    targets: ['run-segment'],
    arrange: (simulation) => trigger(simulation),
    expectedStatuses: ['succeeded'],
  },
  {
    name: 'the hand-over of a run to the next execution, and its last segments',
    recipe: fourMinutes,
    targets: ['run-segment', 'state machine'],
    arrange: waitsForHandOver,
    expectedStatuses: ['succeeded'],
  },
  {
    name: 'a hand-over that starts two executions',
    recipe: fourMinutes,
    targets: ['run-segment', 'state machine'],
    arrange: waitsForHandOver,
    act: async ({ recorder }) => recorder.injectFault((caller) => caller === 'state machine', 'response_lost'),
    expectedStatuses: ['succeeded'],
  },
  {
    name: 'a cancellation just before a hand-over is recorded',
    recipe: fourMinutes,
    targets: ['run-segment', 'rest-api'],
    arrange: waitsForHandOver,
    act: async (simulation) =>
      simulation.recorder.runBefore(
        (caller, call) => caller === 'run-segment' && call === 'Update run',
        () => cancel(simulation, 1),
      ),
    expectedStatuses: ['cancelled'],
    cancels: true,
  },
  {
    name: 'the last segment of a run whose end has a subscriber',
    recipe: oneLog,
    endpoints: { watcher: ['run.succeeded'] },
    subscribed: [],
    systemEvents: { watcher: 'run.succeeded' },
    targets: ['run-segment'],
    arrange: (simulation) => trigger(simulation),
    expectedStatuses: ['succeeded'],
  },
  {
    name: 'a second execution of a run, started during its delay',
    recipe: fiveSteps,
    targets: ['run-segment'],
    arrange: async (simulation) => {
      await trigger(simulation);
      await simulation.schedule.advanceTo(after(simulation.schedule, 10));
    },
    act: async (simulation) => {
      await restart(simulation, 1);
      const [execution] = simulation.stepFunctions.executions;
      // Both executions leave the delay at the same time: the second performs the steps after the first has performed
      // them and before the first records them.
      simulation.recorder.runBefore(
        (functionName, call) => functionName === 'run-segment' && call === 'Update run',
        () =>
          invoke(simulation, 'run-segment', () => simulation.product.runSegment(execution!.data)).then(
            ignoreOutcome,
            ignoreOutcome,
          ),
      );
    },
    expectedStatuses: ['succeeded'],
  },
  {
    name: 'a segment whose write loses its response',
    recipe: fiveSteps,
    targets: ['run-segment'],
    arrange: (simulation) => trigger(simulation),
    act: async ({ recorder }) =>
      recorder.injectFault(
        (functionName, call) => functionName === 'run-segment' && call === 'Update run',
        'response_lost',
      ),
    expectedStatuses: ['succeeded'],
  },
  {
    name: 'a cancellation in the middle of a segment',
    recipe: fiveSteps,
    engineSetting: 'standard',
    targets: ['run-segment', 'rest-api'],
    arrange: (simulation) => trigger(simulation),
    act: async (simulation) =>
      simulation.recorder.runBefore(
        (functionName, call) => functionName === 'run-segment' && call.startsWith('SendMessageBatch'),
        () => cancel(simulation, 1),
      ),
    expectedStatuses: ['cancelled'],
    cancels: true,
  },
  {
    name: 'a delivery that succeeds at once',
    recipe: oneEvent,
    targets: ['deliver-webhook'],
    arrange: performed,
    expectedStatuses: ['succeeded'],
  },
  {
    name: 'a delivery that fails twice',
    recipe: oneEvent,
    targets: ['deliver-webhook'],
    respond: (_arrival, nth) => (nth <= 2 ? 500 : 200),
    arrange: performed,
    expectedStatuses: ['succeeded'],
  },
  {
    name: 'deliveries that wait for their turn',
    recipe: aRecipe({ steps: [aWebhookStep(), aWebhookStep()] }),
    targets: ['deliver-webhook'],
    arrange: async (simulation) => {
      await overwrite(simulation.database, endpointKey(tenantId, endpointId('hook')), { max_per_second: 1 });
      await performed(simulation);
    },
    expectedStatuses: ['succeeded'],
  },
  {
    name: 'a delivery answered 410, and the event of its endpoint',
    recipe: oneEvent,
    endpoints: { hook: ['campaign.*'], watcher: ['endpoint.disabled'] },
    targets: ['deliver-webhook'],
    respond: ({ path }) => (path === '/hook' ? 410 : 200),
    arrange: performed,
    expectedStatuses: ['succeeded'],
    expectedDeliveries: { hook: 'failed' },
    subscribed: ['hook'],
    systemEvents: { watcher: 'endpoint.disabled' },
  },
  {
    name: 'settlement of admitted runs without a row',
    recipe: oneLog,
    targets: ['recover-runs'],
    arrange: lostAdmissions,
    leavesUnsettled: true,
    expectedStatuses: ['succeeded'],
    expectedRuns: 1,
  },
  {
    name: 'recovery of runs and deliveries',
    recipe: aRecipe({ steps: [aWebhookStep(), aDelay(20)] }),
    targets: ['recover-runs'],
    arrange: unfinishedWork,
    expectedStatuses: ['succeeded', 'succeeded', 'failed', 'failed'],
    expectedRuns: 4,
  },
  {
    name: 'recovery of a Standard execution that was aborted',
    recipe: fiveSteps,
    engineSetting: 'standard',
    targets: ['recover-runs'],
    arrange: async (simulation) => {
      await trigger(simulation);
      await simulation.schedule.advanceTo(after(simulation.schedule, 10));
    },
    act: async (simulation) => {
      await loseExecutions(simulation);
      await simulation.schedule.advanceTo(simulation.schedule.now());
    },
    injectUntil: 'act ends',
    expectedStatuses: ['succeeded'],
  },
];
