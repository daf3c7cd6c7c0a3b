import { reconcileReads } from '../../functions/aws/reconcile/reads';
import { utcDay } from '../../functions/domain/day';
import { reconcileTenant } from '../../functions/domain/reconcile/tenant';
import { everyFault, type Fault } from './faults';
import { tenantId, type Ground } from './fixture';
import type { Flow } from './flow';
import { beginningOf } from './initial-state';
import { violations } from './invariants';
import type { Sabotage } from './simulation/product';
import { answers, type Harm, type Point } from './simulation/recorder';
import { after } from './simulation/schedule';
import { newWorld, untilQuiet, type Beginning, type World } from './simulation/simulation';

/** One replay: what was done where, and what no longer held afterwards. */
export interface Replay extends Harm {
  readonly violations: readonly string[];
}

export interface Walk {
  readonly flow: string;
  readonly points: readonly Point[];
  readonly replays: readonly Replay[];
}

/** Others go on while one waits for a receiver that never answers. */
const concurrency = 3;

/**
 * Learns a flow's calls from a clean run, then replays it once per call and fault. Recovery runs after each, and then
 * everything must hold.
 */
export async function walk(ground: Ground, flow: Flow): Promise<Walk> {
  const beginning = await beginningOf(ground, flow);
  const clean = await play(ground, flow, { beginning });
  if (clean.violations.length > 0) throw new Error(`${flow.name} fails unharmed: ${clean.violations.join('; ')}`);
  const { points } = clean.world.recorder;
  const harms = harmsOf(points);
  const replays: Replay[] = [];
  const replayNext = async () => {
    for (let harm = harms.shift(); harm !== undefined; harm = harms.shift()) {
      const { world, violations } = await play(ground, flow, { beginning, harm });
      replays.push({ ...harm, violations: [...strayed(world, harm), ...violations] });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, replayNext));
  return { flow: flow.name, points, replays: replays.sort((a, b) => a.at - b.at) };
}

/** Walks a product that is wrong until something no longer holds, or to the end. */
export async function firstViolation(ground: Ground, flow: Flow, sabotage: Sabotage): Promise<string | undefined> {
  const beginning = await beginningOf(ground, flow);
  const clean = await play(ground, flow, { beginning, sabotage });
  if (clean.violations.length > 0) return clean.violations.join('\n');
  for (const harm of harmsOf(clean.world.recorder.points)) {
    const { violations } = await play(ground, flow, { beginning, harm, sabotage });
    if (violations.length > 0) return violations.join('\n');
  }
  return undefined;
}

function harmsOf(points: readonly Point[]): Harm[] {
  return points.flatMap((point, at) =>
    everyFault.filter((fault) => makesSense(point, fault)).map((fault) => ({ at, point, fault })),
  );
}

/** Plays a flow once, harmed or not, and everything that follows from it. */
async function play(
  ground: Ground,
  flow: Flow,
  { beginning, harm, sabotage }: { beginning: Beginning; harm?: Harm; sabotage?: Sabotage | undefined },
): Promise<{ world: World; violations: string[] }> {
  const world = await newWorld(ground, { ...flow, harm, sabotage }, beginning);
  try {
    world.recorder.start();
    await flow.act?.(world);
    if (flow.until === 'act ends') world.recorder.stop();
    const rows = await untilQuiet(world);
    // What is known from inside is checked after each replay, what `operator reconcile` sees from outside after some.
    const differences = harm === undefined || harm.fault === 'process_stops' ? await reconciled(world) : [];
    return { world, violations: [...violations(world, rows, flow, ground.neighbour), ...differences] };
  } catch (error) {
    return { world, violations: [`the harness met ${String(error)}`] };
  }
}

/** An hour later the product's own reconciling finds nothing but the audit row of a rerun, which it can append. */
async function reconciled({ database, schedule }: World): Promise<string[]> {
  const found: string[] = [];
  const window = { since: utcDay(schedule.now()), now: after(schedule, 3600) };
  await reconcileTenant(reconcileReads(database), tenantId, window, ({ kind, subject, expected, found: instead }) => {
    if (kind !== 'audit_missing' || !expected.includes('run.rerun'))
      found.push(`reconciling finds ${kind} at ${subject}: ${expected}, but ${instead}`);
  });
  return found;
}

/** Only an end of its process can befall an answer, and only the caller of a segment can be lost. */
function makesSense({ of, call }: Point, fault: Fault): boolean {
  if (fault === 'execution_lost') return of === 'run-segment';
  return fault === 'process_stops' || call !== answers;
}

/** A replay that made other calls than the clean run harmed something else than it says. */
function strayed({ recorder }: World, { at, point }: Harm): string[] {
  const met = recorder.points[at]?.call;
  return met === point.call ? [] : [`met ${met ?? 'nothing'} where ${point.call} was learnt`];
}
