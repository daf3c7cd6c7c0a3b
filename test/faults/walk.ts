import { reconcileReads } from '../../functions/aws/reconcile/reads';
import { utcDay } from '../../functions/domain/day';
import { reconcileTenant } from '../../functions/domain/reconcile/tenant';
import { allFaults, type Fault } from './faults';
import { tenantId, type Fixture } from './fixture';
import type { Flow } from './flow';
import { initialStateOf } from './initial-state';
import { violations } from './invariants';
import type { Mutation } from './simulation/product';
import { sendResponse, type Injection, type InjectionPoint } from './simulation/recorder';
import { after } from './simulation/schedule';
import { newSimulation, runUntilIdle, type InitialState, type Simulation } from './simulation/simulation';

/** One replay of a flow: the fault that was injected, and the invariants that were violated afterwards. */
export interface Replay extends Injection {
  readonly violations: readonly string[];
}

export interface Walk {
  readonly flow: string;
  readonly points: readonly InjectionPoint[];
  readonly replays: readonly Replay[];
}

/** Replays run concurrently because some wait, in real time, for a receiver that never responds. */
const concurrency = 3;

/**
 * Walks through a flow call by call: records its calls in a replay without faults, then replays the flow once for each
 * call and each fault. Recovery runs after every replay, and then all invariants must hold.
 */
export async function walk(fixture: Fixture, flow: Flow): Promise<Walk> {
  const initialState = await initialStateOf(fixture, flow);
  const clean = await runFlow(fixture, flow, { initialState });
  if (clean.violations.length > 0)
    throw new Error(`${flow.name} fails without any fault: ${clean.violations.join('; ')}`);
  const { points } = clean.simulation.recorder;
  const injections = injectionsFor(points);
  const replays: Replay[] = [];
  const replayNext = async () => {
    for (let injection = injections.shift(); injection !== undefined; injection = injections.shift()) {
      const { simulation, violations } = await runFlow(fixture, flow, { initialState, injection });
      replays.push({ ...injection, violations: [...divergence(simulation, injection), ...violations] });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, replayNext));
  return { flow: flow.name, points, replays: replays.sort((a, b) => a.index - b.index) };
}

/** Walks through a flow of a product with a planted bug, and stops at the first replay that violates an invariant. */
export async function firstViolation(fixture: Fixture, flow: Flow, mutate: Mutation): Promise<string | undefined> {
  const initialState = await initialStateOf(fixture, flow);
  const clean = await runFlow(fixture, flow, { initialState, mutate });
  if (clean.violations.length > 0) return clean.violations.join('\n');
  for (const injection of injectionsFor(clean.simulation.recorder.points)) {
    const { violations } = await runFlow(fixture, flow, { initialState, injection, mutate });
    if (violations.length > 0) return violations.join('\n');
  }
  return undefined;
}

function injectionsFor(points: readonly InjectionPoint[]): Injection[] {
  return points.flatMap((point, index) =>
    allFaults.filter((fault) => isApplicable(point, fault)).map((fault) => ({ index, point, fault })),
  );
}

/** Replays a flow once, with a fault or without, until the simulation is idle, and checks the invariants. */
async function runFlow(
  fixture: Fixture,
  flow: Flow,
  {
    initialState,
    injection,
    mutate,
  }: { initialState: InitialState; injection?: Injection; mutate?: Mutation | undefined },
): Promise<{ simulation: Simulation; violations: string[] }> {
  const simulation = await newSimulation(fixture, { ...flow, injection, mutate }, initialState);
  try {
    simulation.recorder.start();
    await flow.act?.(simulation);
    if (flow.injectUntil === 'act ends') simulation.recorder.stop();
    const rows = await runUntilIdle(simulation);
    // The invariants are checked after every replay. `operator reconcile` sees less and costs more, so it runs after
    // some.
    const differences =
      injection === undefined || injection.fault === 'process_stops' ? await reconcileDifferences(simulation) : [];
    return { simulation, violations: [...violations(simulation, rows, flow, fixture.neighbour), ...differences] };
  } catch (error) {
    return { simulation, violations: [`the replay failed with ${String(error)}`] };
  }
}

/**
 * Runs the product's own reconciliation an hour later. The only difference it may find is a missing audit row of a
 * rerun, which it can append.
 */
async function reconcileDifferences({ database, schedule }: Simulation): Promise<string[]> {
  const found: string[] = [];
  const window = { since: utcDay(schedule.now()), now: after(schedule, 3600) };
  await reconcileTenant(reconcileReads(database), tenantId, window, ({ kind, subject, expected, found: instead }) => {
    if (kind !== 'audit_missing' || !expected.includes('run.rerun'))
      found.push(`reconciliation finds ${kind} at ${subject}: expected ${expected}, found ${instead}`);
  });
  return found;
}

/**
 * Sending a response fails only if the process stops, and only a segment is called by an execution that can be lost. A
 * machine has no process.
 */
function isApplicable({ functionName, call }: InjectionPoint, fault: Fault): boolean {
  if (functionName === 'state machine') return fault !== 'process_stops';
  if (fault === 'execution_lost') return functionName === 'run-segment';
  return fault === 'process_stops' || call !== sendResponse;
}

/** A replay that made other calls than the first run has injected its fault into another call than it reports. */
function divergence({ recorder }: Simulation, { index, point }: Injection): string[] {
  const actual = recorder.points[index]?.call;
  return actual === point.call ? [] : [`the fault hit ${actual ?? 'no call'} where the first run made ${point.call}`];
}
