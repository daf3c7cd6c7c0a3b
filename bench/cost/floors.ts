import type { Recipe } from '../../functions/domain/workflow/recipe';
import { shareOf } from '../../functions/domain/workflow/recipe-summary';
import { model } from './model';
import { perFunction, type Operations } from './operations';

/** A delayed message that starts the next segment is sent, received and deleted. */
const requestsPerSegment = 3;

/**
 * The floor that keeps our promises: the same rows, indexes, claims and logs, but delayed messages instead of Step
 * Functions. It supports no delay above 15 minutes and has no history of executions.
 */
export function sameRowsFloor(run: Operations): Operations {
  return {
    ...run,
    sqsRequests: run.sqsRequests + requestsPerSegment * run.invocations['run-segment'],
    expressStarts: 0,
    expressSeconds: 0,
    transitions: 0,
  };
}

/** The run for which the bare floor is computed. */
interface FloorInput {
  readonly recipe: Recipe;
  readonly endpoints: number;
  /** Number of attempts of each delivery. */
  readonly attempts: number;
}

// Assumptions of the bare floor: a row takes 400 bytes and 120 for each step, and each invocation logs one line of 350.
const rowBytes = 400;
const stepBytes = 120;
const lineBytes = 350;
const triggerMs = 25;
const segmentMs = 10;
const stepMs = 3;
const batchMs = 150;
const webhookBytes = 1_500;

/**
 * The minimum for a durable run on these services: a counter, a row for the run, a row for each delivery, and delayed
 * messages. Without an index nothing finds stuck work; without event rows a repeated step may send another body;
 * without a lease an attempt may be made twice; and each request leaves only one log line.
 */
export function bareFloor({ recipe: { steps }, endpoints, attempts }: FloorInput): Operations {
  const webhooks = steps.filter((step) => shareOf(step).event !== undefined).length;
  const segments = segmentEnds(steps);
  const performed = steps.length - (segments.length - 1);
  const deliveries = webhooks * endpoints;
  const batches = (deliveries * attempts) / model.deliveriesPerBatch;
  const invocations = 1 + segments.length + batches;
  const cold = model.coldStartRate * model.coldStartMs;
  return {
    httpRequests: 1,
    invocations: { ...none, 'rest-api': 1, 'run-segment': segments.length, 'deliver-webhook': batches },
    lambdaMs: {
      ...none,
      'rest-api': triggerMs + cold,
      'run-segment': segments.length * (segmentMs + cold) + performed * stepMs,
      'deliver-webhook': batches * (batchMs + cold),
    },
    dynamodbRequests: 3 + 2 * segments.length + webhooks + deliveries * (1 + 2 * attempts),
    readUnits: 1 + 0.5 * webhooks + 0.5 * deliveries * attempts,
    writeUnits: runWriteUnits(steps) + deliveries * (1 + attempts),
    indexWriteUnits: 0,
    sqsRequests:
      3 * segments.length + 2 * batches + (endpoints === 0 ? 0 : webhooks) + deliveries * Math.max(0, attempts - 1),
    expressStarts: 0,
    expressSeconds: 0,
    transitions: 0,
    logBytes: invocations * lineBytes,
    egressBytes: deliveries * attempts * webhookBytes,
    traces: 0,
  };
}

/** Write units of the counter and the run's row: one for each at the trigger, then the row's after each segment. */
export function runWriteUnits(steps: Recipe['steps']): number {
  const segments = segmentEnds(steps).map((upTo) => Math.ceil((rowBytes + upTo * stepBytes) / 1024));
  return 2 + segments.reduce((units, one) => units + one, 0);
}

/** The number of steps performed by the end of each segment. */
function segmentEnds(steps: Recipe['steps']): number[] {
  const delays = steps.flatMap((step, index) => (shareOf(step).delaySeconds === undefined ? [] : [index + 1]));
  return [...delays, steps.length];
}

const none = perFunction(() => 0);
