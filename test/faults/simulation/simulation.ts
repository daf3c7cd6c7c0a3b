import type { Database, Row } from '../../../functions/aws/database';
import { addSeconds } from '../../../functions/domain/day';
import { ulidTime } from '../../../functions/domain/ulid';
import type { Log } from '../../../functions/edge/log/log';
import { noon } from '../../support/builders';
import { anEvent, type Answer, type Call } from '../../support/http-calls';
import { ProcessStopped } from '../faults';
import { allRows, type Engine } from './engine';
import { wireProduct, type Product, type Mutation } from './product';
import { queue, type Message, type Queue } from './queue';
import type { Arrival, Receiver } from './receiver';
import { callOfMachine, invoke, newRecorder, type CallerName, type Injection, type Recorder } from './recorder';
import { newSchedule, type Schedule } from './schedule';
import { stepFunctions, type Execution, type StepFunctions } from './step-functions';

/** A simulated deployment of the product, with its own table and its own clock. */
export interface Simulation {
  readonly schedule: Schedule;
  readonly recorder: Recorder;
  readonly database: Database;
  readonly stepFunctions: StepFunctions;
  readonly queue: Queue;
  readonly product: Product;
  readonly arrivals: readonly Arrival[];
  /** Log entries of all functions. */
  readonly logged: readonly Parameters<Log>[];
  /** Responses to callers; undefined if the connection ended without one. */
  readonly responses: readonly { readonly request: string; readonly response: Answer | undefined }[];
  readonly rest: (method: string, target: string, call?: Call) => Promise<Answer | undefined>;
  readonly recover: () => Promise<void>;
  /** How many run uids have been generated. */
  readonly uidsMade: () => number;
}

/** The state in which a simulation starts. */
export interface InitialState {
  readonly at: Date;
  readonly rows: readonly Row[];
  readonly executions: readonly Execution[];
  readonly messages: readonly Message[];
  readonly arrivals: readonly Arrival[];
  /** How many run uids have been generated before. */
  readonly uids: number;
}

export const emptyState: InitialState = { at: noon, rows: [], executions: [], messages: [], arrivals: [], uids: 0 };

export interface SimulationOptions {
  readonly targets?: readonly CallerName[] | undefined;
  readonly injection?: Injection | undefined;
  readonly engineSetting?: 'auto' | 'standard' | undefined;
  /** The status with which the receiver responds to the nth arrival of a webhook id; 200 by default. */
  readonly respond?: ((arrival: Arrival, nth: number) => number) | undefined;
  /** Replaces stores by faulty ones, to check that the harness finds the bug. */
  readonly mutate?: Mutation | undefined;
  /** Receives every log entry in addition to `logged`. */
  readonly log?: Log | undefined;
}

export async function newSimulation(
  { engine, receiver }: { readonly engine: Engine; readonly receiver: Receiver },
  { targets = [], injection, engineSetting = 'auto', respond = () => 200, mutate, log }: SimulationOptions,
  initialState: InitialState,
): Promise<Simulation> {
  const database = await engine.newTable(initialState.rows);
  const schedule = newSchedule(initialState.at);
  const arrivals = [...initialState.arrivals];
  const logged: Parameters<Log>[] = [];
  // Uids come from a counter, so that a replay generates the same ones, in the same shards of the index.
  let uidsMade = initialState.uids;
  const responses: { request: string; response: Answer | undefined }[] = [];
  const product = wireProduct({
    database,
    sfn: engine.sfn,
    sqs: engine.sqs,
    now: schedule.now,
    engineSetting,
    inboxOrigin: receiver.origin,
    connect: receiver.connectTo((arrival) => {
      arrivals.push(arrival);
      return respond(arrival, arrivals.filter(({ webhookId }) => webhookId === arrival.webhookId).length);
    }),
    shortReceiverTimeout: injection?.fault === 'timed_out' && injection.point.call.startsWith('connect'),
    log: (...line) => {
      logged.push(line);
      log?.(...line);
    },
    newUid: () => `run_${ulidTime(noon.getTime())}${String((uidsMade += 1)).padStart(16, '0')}`,
    mutate,
  });

  const simulation: Simulation = {
    schedule,
    recorder: newRecorder(targets, injection),
    database,
    product,
    arrivals,
    logged,
    responses,
    stepFunctions: stepFunctions({
      schedule,
      runSegment: (input) => invoke(simulation, 'run-segment', () => product.runSegment(input)),
      startNext: (start) => callOfMachine(simulation, start),
      onInterrupted: async (_status, input) => {
        // EventBridge delivers asynchronously, and here only once: a function that fails misses the event.
        schedule.at(schedule.now(), () =>
          invoke(simulation, 'recover-runs', () => product.recoverInterrupted(input)).catch(() => undefined),
        );
      },
    }),
    queue: queue({
      schedule,
      deliver: async (Records) => {
        const { batchItemFailures } = await invoke(simulation, 'deliver-webhook', () => product.deliver({ Records }));
        return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
      },
    }),
    rest: async (method, target, call = {}) => {
      const reply = invoke(simulation, 'rest-api', () => product.rest(anEvent(method, target, call)));
      const response = await reply.catch(noResponse);
      responses.push({ request: `${method} ${target}`, response });
      return response;
    },
    uidsMade: () => uidsMade,
    // A failed pass is not retried: the next minute's pass finds the same work.
    recover: () => invoke(simulation, 'recover-runs', () => product.recover()).then(ignoreOutcome, ignoreOutcome),
  };
  for (const execution of initialState.executions) simulation.stepFunctions.resume(structuredClone(execution));
  for (const message of initialState.messages) simulation.queue.put(message);
  return simulation;
}

/** Ignores the result or error of an invocation that nobody waits for. Its effects show in the table. */
export function ignoreOutcome(): void {
  return undefined;
}

function noResponse(error: unknown): undefined {
  if (!(error instanceof ProcessStopped)) throw error;
}

const maxRounds = 200;

/**
 * Runs planned actions, and recovery at each full minute when a row is due, until no row is open and nothing is
 * planned.
 *
 * @returns all rows
 */
export async function runUntilIdle(simulation: Simulation): Promise<readonly Row[]> {
  const { schedule, database, product, recorder } = simulation;
  let nextPass = schedule.now();
  for (let round = 0; round < maxRounds; round += 1) {
    await schedule.advanceTo(schedule.now());
    const rows = await allRows(database);
    const open = rows.filter((row) => row['due_at'] !== undefined);
    const planned = schedule.next();
    if (open.length === 0 && planned === undefined) return rows;
    // One pass a minute, however long something has been due.
    const due = open
      .map((row) => new Date(Math.max(nextMinute(String(row['due_at'])).getTime(), nextPass.getTime())))
      .sort((a, b) => a.getTime() - b.getTime())[0];
    if (due !== undefined && (planned === undefined || due < planned)) {
      await schedule.advanceTo(due);
      nextPass = addSeconds(due, 60);
      // Unless faults are injected into recovery, it skips shards without open rows: they would be most of the work.
      product.queryOnlyShards(
        recorder.isRecording('recover-runs') ? undefined : open.map((row) => String(row['open_shard'])),
      );
      await simulation.recover();
    } else if (planned !== undefined) await schedule.advanceTo(planned);
  }
  throw new Error(`Still not idle after ${maxRounds} rounds`);
}

function nextMinute(time: string): Date {
  return new Date(Math.ceil(Date.parse(time) / 60_000) * 60_000);
}
