import type { Recipe, StepType } from '../../functions/domain/workflow/recipe';
import { model } from './model';
import { perFunction, type Operations } from './operations';

/** A message with a delay that starts the next segment: sent, received, deleted. */
const requestsPerSegment = 3;

/**
 * The floor with our promises: the same rows, indexes, claims and logs, with delayed messages where we use Step
 * Functions. What it lacks: a delay over 15 minutes, and the history of executions.
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

/** What the bare floor is made of, of a recipe and what becomes of its webhooks. */
interface Asked {
  readonly recipe: Recipe;
  readonly endpoints: number;
  /** Attempts of each delivery. */
  readonly attempts: number;
}

// The bare floor's own inputs: a row of 400 bytes and 120 for each step, one line of 350 bytes for each invocation.
const rowBytes = 400;
const stepBytes = 120;
const lineBytes = 350;
const triggerMs = 25;
const segmentMs = 10;
const stepMs = 3;
const batchMs = 150;
const webhookBytes = 1_500;

/** What a step asks for besides being performed. */
const asksFor: Readonly<Record<StepType, 'nothing' | 'a webhook' | 'a new segment'>> = {
  log: 'nothing',
  fire_webhook_event: 'a webhook',
  delay: 'a new segment',
};

/**
 * The least anybody could do for a run on these services and still remember it: a counter, a run's row, a row for each
 * delivery, delayed messages. No index, so nothing finds what got stuck; no event row, so a repeated step may send
 * another body; no claim, so an attempt may be made twice; no trace of a request but one line.
 */
export function bareFloor({ recipe: { steps }, endpoints, attempts }: Asked): Operations {
  const webhooks = steps.filter(({ type }) => asksFor[type] === 'a webhook').length;
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

/** Of the counter and the run's row: both at the trigger, the row again after each segment. */
export function runWriteUnits(steps: Recipe['steps']): number {
  const segments = segmentEnds(steps).map((upTo) => Math.ceil((rowBytes + upTo * stepBytes) / 1024));
  return 2 + segments.reduce((units, one) => units + one, 0);
}

/** How many steps were performed at the end of each segment. */
function segmentEnds(steps: Recipe['steps']): number[] {
  return [...steps.flatMap(({ type }, index) => (asksFor[type] === 'a new segment' ? [index + 1] : [])), steps.length];
}

const none = perFunction(() => 0);
