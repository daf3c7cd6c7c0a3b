import { addSeconds } from '../../functions/domain/day';
import { noon } from '../support/builders';
import { sceneOf } from './actors/scene';
import { sendOut } from './actors/cast';
import { themes, type Theme } from './actors/themes';
import { makeGround, type Ground } from './deployment/ground';
import { groundPlans, type GroundName, type GroundPlan } from './deployment/ground-plans';
import { newSystem, type System } from './deployment/system';
import { watch, type Broken } from './promises/watch';
import { calm, chooseChaos } from './schedule/chaos';
import type { Choices } from './schedule/choices';
import type { Fault } from './schedule/fault';
import type { Told } from './schedule/told';
import { newWorld, type World } from './schedule/world';
import { sameEveryTime } from './services/same-every-time';

/** What came of one schedule. */
export interface Outcome {
  /** A sentence for each promise that was broken. */
  readonly broken: readonly Broken[];
  /** Every decision, with which it can be repeated. */
  readonly choices: readonly number[];
  readonly steps: number;
}

export interface Listeners {
  readonly tell?: (told: Told) => void;
  readonly cover?: (functionName: string, call: string, fault: Fault | undefined) => void;
}

/** Noon of an ordinary day, and just before midnight. */
const starts = [noon, new Date('2026-11-22T23:59:30.000Z')] as const;
/** For so long actors act and faults happen. Afterwards only the product works. */
const hour = 3600;
const mostSteps = 20_000;
const mostRounds = 400;
/** How often what fails in the hour of trouble goes on failing. */
const staysBroken = 0.2;
/** How often Step Functions and SQS play tricks, by level. */
const mischiefs = [0, 0, 0.05, 0.3] as const;

let grounds: Promise<ReadonlyMap<GroundName, Ground>> | undefined;

/** Plays one schedule from its beginning until nothing is open, and checks every promise. */
export async function runSchedule(choices: Choices, { tell, cover }: Listeners = {}): Promise<Outcome> {
  grounds ??= makeGrounds();
  const made = await grounds;
  const theme = themes[choices.among(themes.length)]!;
  const groundName = theme.grounds[choices.among(theme.grounds.length)]!;
  const ground = made.get(groundName)!;
  const { engineSetting }: GroundPlan = groundPlans[groundName];
  const start = starts[choices.among(starts.length)]!;
  const world = newWorld({ choices, startMs: start.getTime(), tell, cover });
  const restore = sameEveryTime({ nowMs: world.nowMs, sleep: (ms, wake) => void world.sleep(ms).then(wake) });
  try {
    const watcher = watch(ground);
    const system = newSystem(world, ground.rows, watcher, engineSetting);
    watcher.begin(system);
    try {
      await act(system, ground, theme);
      await untilIdle(system);
      watcher.atTheEnd();
    } catch (error) {
      watcher.fail(error);
    }
    return { broken: watcher.broken, choices: choices.made, steps: world.step() };
  } finally {
    restore();
  }
}

async function act(system: System, ground: Ground, theme: Theme): Promise<void> {
  const { world } = system;
  const { choices } = world;
  system.setMischief(mischiefs[choices.among(mischiefs.length)]!);
  world.setChaos(chooseChaos(choices));
  let acting = 0;
  for (const done of sendOut(sceneOf(system, ground), theme, choices)) {
    acting += 1;
    void done.finally(() => (acting -= 1));
  }
  await world.run(addSeconds(world.now(), hour).getTime(), mostSteps, () => acting > 0);
  world.setChaos(calm);
  system.setMischief(0);
  // Mostly receivers are repaired in the end: what fails to its last attempt is most of a schedule's steps.
  if (choices.rarely(staysBroken, 1) === 0) system.repairReceivers();
  await world.run(addSeconds(world.now(), hour).getTime(), mostSteps, () => acting > 0);
}

/** Lets recovery pass at each full minute at which something is due, until nothing is open and nothing is planned. */
async function untilIdle({ world, table, recover }: System): Promise<void> {
  let nextPassMs = 0;
  for (let round = 0; round < mostRounds; round += 1) {
    await world.run(world.nowMs(), mostSteps);
    const dueMs = earliestDue(table.rows());
    const plannedMs = world.nextMs();
    if (dueMs === Infinity && plannedMs === Infinity) return;
    const passMs = Math.max(Math.ceil(dueMs / minuteMs) * minuteMs, nextPassMs);
    await world.run(Math.min(passMs, plannedMs), mostSteps);
    if (passMs > plannedMs) continue;
    nextPassMs = world.nowMs() + minuteMs;
    await finishing(world, recover());
  }
  throw new Error(`Something is still open after ${mostRounds} rounds`);
}

const minuteMs = 60_000;

async function finishing(world: World, work: Promise<unknown>): Promise<void> {
  let isDone = false;
  void work.finally(() => (isDone = true));
  await world.run(Infinity, mostSteps, () => !isDone);
}

function earliestDue(rows: ReturnType<System['table']['rows']>): number {
  let earliest = Infinity;
  for (const { due_at: due } of rows) if (typeof due === 'string') earliest = Math.min(earliest, Date.parse(due));
  return earliest;
}

/** In the hands of the same sources, so that tokens and secrets are the same in every run. */
async function makeGrounds(): Promise<ReadonlyMap<GroundName, Ground>> {
  const restore = sameEveryTime({ nowMs: () => noon.getTime(), sleep: () => undefined });
  try {
    const made = new Map<GroundName, Ground>();
    for (const name of Object.keys(groundPlans) as GroundName[]) made.set(name, await makeGround(groundPlans[name]));
    return made;
  } finally {
    restore();
  }
}
