import type { Row } from '../../../functions/aws/database';
import { machineTimeoutSeconds } from '../../../functions/contract/machine';
import type { Execution } from '../../faults/simulation/step-functions';
import type { TableWrite } from '../services/table-calls';
import { isOpenRun, kindOf, none, unless, type Facts, type Promised } from './promise';

/** A run that went to another execution, as the write that recorded it says. */
interface HandOver {
  readonly key: { readonly pk: string; readonly sk: string };
  readonly uid: unknown;
  readonly part: number;
  readonly by: unknown;
  readonly atMs: number;
}

/** So long the machine waits between all its repeats of a start. */
const startedWithinMs = 31_000;

/**
 * A run goes from one execution to the next, one part at a time: the one that recorded it starts the next, also if its
 * call was repeated; no execution of an earlier part performs anything any more; and recovery leaves the run alone for as
 * long as the next execution is alive.
 */
export const handOvers: Promised = (facts) => {
  const recorded: HandOver[] = [];
  return {
    onWrite: (write) => {
      const { key, before, after } = write;
      if (kindOf(key).kind !== 'run' || before === undefined || after === undefined || !isOpenRun(before)) return none;
      const name = `run ${Number(key.sk)}`;
      return [
        ...judgePart(facts, name, before, write),
        ...(partOf(before) === partOf(after) ? none : record(recorded, facts, name, write)),
        ...(before['restarts'] === after['restarts'] ? none : judgeRestart(facts, recorded, name, before)),
      ];
    },
    atTheEnd: () => [
      ...recorded.flatMap((handOver) => judgeStarted(facts, handOver)),
      ...facts.system.machine.executions.flatMap((execution) => judgeStarter(recorded, execution)),
    ],
  };
};

/** What a segment performs it performs for the part that the run is at. */
function judgePart({ system }: Facts, name: string, before: Row, { by, after }: TableWrite): readonly string[] {
  const input = system.segmentInputOf(by);
  if (input === undefined || before['cursor'] === after?.['cursor']) return none;
  return unless(
    partOf(input) >= partOf(before),
    () => `an execution of part ${partOf(input)} performed steps of ${name}, which is at part ${partOf(before)}`,
  );
}

function record(
  recorded: HandOver[],
  { system }: Facts,
  name: string,
  { key, before = {}, after = {} }: TableWrite,
): readonly string[] {
  const atMs = system.world.nowMs();
  const part = partOf(after);
  recorded.push({ key, uid: after['uid'], part, by: after['handed_over_by'], atMs });
  return unless(
    part === partOf(before) + 1 && before['cursor'] !== after['cursor'] && isOpenRun(after),
    () => `${name} went from part ${partOf(before)} to ${part} at step ${String(after['cursor'])}`,
  );
}

function judgeRestart(
  { system }: Facts,
  recorded: readonly HandOver[],
  name: string,
  { uid, part }: Row,
): readonly string[] {
  const last = recorded.find((one) => one.uid === uid && one.part === part);
  if (last === undefined) return none;
  const aliveSinceMs = system.world.nowMs() - machineTimeoutSeconds.express * 1000;
  const isAlive = system.machine.executions.some(
    (execution) =>
      execution.status === 'RUNNING' &&
      inputOf(execution)[startedBy] === last.by &&
      execution.startedAt.getTime() > aliveSinceMs &&
      execution.startedAt.getTime() <= last.atMs + startedWithinMs,
  );
  return unless(!isAlive, () => `recovery restarted ${name} although its part ${last.part} was being performed`);
}

/** One that ended as it should has started the next, unless the run had ended by then. */
function judgeStarted({ system }: Facts, { key, part, by }: HandOver): readonly string[] {
  const recorder = system.machine.executions.find(({ id }) => id === by);
  const finishedAt = system.table.get(key.pk, key.sk)?.['finished_at'];
  if (recorder?.status !== 'SUCCEEDED') return none;
  if (typeof finishedAt === 'string' && Date.parse(finishedAt) <= recorder.resumesAt.getTime()) return none;
  return unless(
    system.machine.executions.some((next) => inputOf(next)[startedBy] === by && partOf(inputOf(next)) === part),
    () => `run ${Number(key.sk)} was handed over for part ${part}, and no execution was started for it`,
  );
}

function judgeStarter(recorded: readonly HandOver[], execution: Execution): readonly string[] {
  const { uid, part, [startedBy]: by } = inputOf(execution);
  return unless(
    by === undefined || recorded.some((one) => one.uid === uid && one.part === part && one.by === by),
    () => `${execution.name} was started by an execution that had not recorded the hand-over`,
  );
}

const startedBy = 'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID';

function inputOf({ input }: Execution): Row {
  return JSON.parse(input);
}

function partOf({ part }: Row): number {
  return Number(part ?? 0);
}
