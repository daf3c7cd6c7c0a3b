import type { FunctionName } from '../../functions/contract';
import type { Database, Row } from '../../functions/aws/database';
import { ulidTime } from '../../functions/domain/cause-ulid';
import type { Log } from '../../functions/edge/log';
import { noon } from '../builders';
import { anEvent, type Answer, type Call } from '../rest';
import { allRows, type Engine } from './engine';
import { ProcessStopped } from './faults';
import { productOn, type Product, type Sabotage } from './product';
import { queue, type Message, type Queue } from './queue';
import type { Arrival, Receiver } from './receiver';
import { invoke, newRecorder, type Harm, type Recorder } from './recorder';
import { newSchedule, type Schedule } from './schedule';
import { stepFunctions, type Execution, type StepFunctions } from './step-functions';

/** One product in a table of its own, at a time of its own. */
export interface World {
  readonly schedule: Schedule;
  readonly recorder: Recorder;
  readonly database: Database;
  readonly stepFunctions: StepFunctions;
  readonly queue: Queue;
  readonly product: Product;
  readonly arrivals: readonly Arrival[];
  /** What the functions told their logs. */
  readonly told: readonly Parameters<Log>[];
  /** What callers were told; undefined when the connection ended without an answer. */
  readonly answers: readonly { readonly request: string; readonly answer: Answer | undefined }[];
  readonly rest: (method: string, target: string, call?: Call) => Promise<Answer | undefined>;
  readonly recover: () => Promise<void>;
  /** How many uids were made. */
  readonly uidsMade: () => number;
}

/** Where a world begins. */
export interface Beginning {
  readonly at: Date;
  readonly rows: readonly Row[];
  readonly executions: readonly Execution[];
  readonly messages: readonly Message[];
  readonly arrivals: readonly Arrival[];
  /** Ids made so far. */
  readonly uids: number;
}

export const nothingYet: Beginning = { at: noon, rows: [], executions: [], messages: [], arrivals: [], uids: 0 };

export interface Circumstances {
  readonly walked?: readonly FunctionName[] | undefined;
  readonly harm?: Harm | undefined;
  readonly engineSetting?: 'auto' | 'standard' | undefined;
  /** How receivers answer the nth arrival of a webhook id; 200 unless told. */
  readonly respond?: ((arrival: Arrival, nth: number) => number) | undefined;
  /** Replaces stores by ones that are wrong, to see whether the harness notices. */
  readonly sabotage?: Sabotage | undefined;
  /** Also told what functions log. */
  readonly log?: Log | undefined;
}

export async function newWorld(
  { engine, receiver }: { readonly engine: Engine; readonly receiver: Receiver },
  { walked = [], harm, engineSetting = 'auto', respond = () => 200, sabotage, log }: Circumstances,
  beginning: Beginning,
): Promise<World> {
  const database = await engine.newTable(beginning.rows);
  const schedule = newSchedule(beginning.at);
  const arrivals = [...beginning.arrivals];
  const told: Parameters<Log>[] = [];
  // Counted, so that a replay makes the same ones, in the same shards.
  let uidsMade = beginning.uids;
  const answers: { request: string; answer: Answer | undefined }[] = [];
  const product = productOn({
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
    impatient: harm?.fault === 'timed_out' && harm.point.call.startsWith('connect'),
    log: (...line) => {
      told.push(line);
      log?.(...line);
    },
    newUid: () => `run_${ulidTime(noon.getTime())}${String((uidsMade += 1)).padStart(16, '0')}`,
    sabotage,
  });

  const world: World = {
    schedule,
    recorder: newRecorder(walked, harm),
    database,
    product,
    arrivals,
    told,
    answers,
    stepFunctions: stepFunctions({
      schedule,
      runSegment: (input) => invoke(world, 'run-segment', () => product.runSegment(input)),
      onInterrupted: async (_status, input) => {
        // EventBridge delivers a moment later, and once: a function that is out of order misses it.
        schedule.at(schedule.now(), () =>
          invoke(world, 'recover-runs', () => product.recoverInterrupted(input)).catch(() => undefined),
        );
      },
    }),
    queue: queue({
      schedule,
      deliver: async (Records) => {
        const { batchItemFailures } = await invoke(world, 'deliver-webhook', () => product.deliver({ Records }));
        return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
      },
    }),
    rest: async (method, target, call = {}) => {
      const reply = invoke(world, 'rest-api', () => product.rest(anEvent(method, target, call)));
      const answer = await reply.catch(nothingHeard);
      answers.push({ request: `${method} ${target}`, answer });
      return answer;
    },
    // One that fails is not repeated: the next minute's pass finds the same work.
    uidsMade: () => uidsMade,
    recover: () => invoke(world, 'recover-runs', () => product.recover()).then(done, done),
  };
  for (const execution of beginning.executions) world.stepFunctions.resume(structuredClone(execution));
  for (const message of beginning.messages) world.queue.put(message);
  return world;
}

/** What a caller makes of an invocation whose failure is known by its traces only. */
export function done(): void {
  return undefined;
}

function nothingHeard(error: unknown): undefined {
  if (!(error instanceof ProcessStopped)) throw error;
}

const maxRounds = 200;

/** Recovery each full minute, and whatever else is planned, until nothing is open and nothing will happen by itself. @returns all rows */
export async function untilQuiet(world: World): Promise<readonly Row[]> {
  const { schedule, database, product, recorder } = world;
  for (let round = 0; round < maxRounds; round += 1) {
    await schedule.advanceTo(schedule.now());
    const rows = await allRows(database);
    const open = rows.filter((row) => row['due_at'] !== undefined);
    const planned = schedule.next();
    if (open.length === 0 && planned === undefined) return rows;
    const due = open.map((row) => nextMinute(String(row['due_at']))).sort((a, b) => a.getTime() - b.getTime())[0];
    if (due !== undefined && (planned === undefined || due < planned)) {
      await schedule.advanceTo(due);
      // Where recovery is not walked, shards known to be empty are not asked: it is most of the work and tells nothing.
      product.askOnlyShards(recorder.walks('recover-runs') ? undefined : open.map((row) => String(row['open_shard'])));
      await world.recover();
    } else if (planned !== undefined) await schedule.advanceTo(planned);
  }
  throw new Error(`Still not quiet after ${maxRounds} rounds`);
}

function nextMinute(time: string): Date {
  return new Date(Math.ceil(Date.parse(time) / 60_000) * 60_000);
}
