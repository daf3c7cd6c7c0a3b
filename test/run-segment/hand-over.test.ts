import { runStore } from '../../functions/aws/run/runs';
import type { Step } from '../../functions/domain/workflow/recipe';
import { seedRows, tenantId } from '../faults/fixture';
import { cancel, restart, trigger } from '../faults/operations';
import { startEngine } from '../faults/simulation/engine';
import { startReceiver, type Receiver } from '../faults/simulation/receiver';
import { after } from '../faults/simulation/schedule';
import { emptyState, newSimulation, runUntilIdle, type Simulation } from '../faults/simulation/simulation';
import { aDelay, aLog, aRecipe, aWebhookStep } from '../support/builders';

jest.setTimeout(60_000);

let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.stop());

const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
const delays = (count: number): Step[] => times(count, () => aDelay(30));

/** A deployment with one workflow, which waits as long as its recipe says. */
async function aDeployment(steps: readonly Step[], engineSetting: 'auto' | 'standard' = 'auto') {
  const fixture = { engine: startEngine(), receiver };
  const rows = await seedRows(fixture, tenantId, { recipe: aRecipe({ steps: [...steps] }) });
  const simulation = await newSimulation(fixture, { engineSetting }, { ...emptyState, rows });
  return { simulation, row: async () => (await runStore(simulation.database).get(tenantId, 1))! };
}

/** Name, status and seconds of each execution, in the order in which they began. */
function executionsOf({ stepFunctions: { executions } }: Simulation) {
  return executions.map(({ name, status, startedAt, resumesAt }) => ({
    name: name.replace(/^run_\w+/, 'run'),
    status,
    seconds: (resumesAt.getTime() - startedAt.getTime()) / 1000,
  }));
}

const eventsOf = ({ logged }: Simulation) => logged.map(([, { event }]) => event);
const isHandOver = (caller: string) => caller === 'state machine';
const isRecord = (caller: string, call: string) => caller === 'run-segment' && call === 'Update run';

describe('a run that waits longer than an Express execution lasts', () => {
  test.each([
    ['4 minutes', 8, 2],
    ['25 minutes, the longest legal recipe', 50, 9],
  ])('for %s goes from one execution to the next, each well below 300 s', async (_what, count, expected) => {
    const { simulation, row } = await aDeployment(delays(count));
    const began = simulation.schedule.now();

    await trigger(simulation);
    await runUntilIdle(simulation);

    const executions = executionsOf(simulation);
    expect(executions.map(({ name }) => name)).toEqual(times(expected, (n) => (n === 0 ? 'run' : `run-p${n}`)));
    expect(executions.every(({ status }) => status === 'SUCCEEDED')).toBe(true);
    expect(Math.max(...executions.map(({ seconds }) => seconds))).toBeLessThanOrEqual(200);
    expect(await row()).toMatchObject({ engine: 'express', status: 'succeeded', restarts: 0, part: expected - 1 });
    expect((await row()).trail).toHaveLength(count);
    expect(Date.parse((await row()).finished_at!) - began.getTime()).toBe(count * 30_000);
  });

  test('is performed by one execution at a time, and recovery leaves it alone', async () => {
    const { simulation } = await aDeployment(delays(50));

    await trigger(simulation);
    await runUntilIdle(simulation);

    const { executions } = simulation.stepFunctions;
    expect(executions.slice(1).map(({ startedAt }) => startedAt)).toEqual(
      executions.slice(0, -1).map(({ resumesAt: endedAt }) => endedAt),
    );
    expect(eventsOf(simulation)).not.toContain('run_restarted');
    expect(eventsOf(simulation).filter((event) => event === 'run_handed_over')).toHaveLength(8);
  });

  test('has a due time after the end of each execution, which is moved once for each', async () => {
    const { simulation, row } = await aDeployment(delays(14));
    await trigger(simulation);
    const dueTimes = new Set<string>();

    for (let minute = 0; minute < 7; minute += 1) {
      await simulation.schedule.advanceTo(after(simulation.schedule, minute === 0 ? 0 : 60));
      const { due_at: dueAt = '' } = await row();
      const { startedAt } = simulation.stepFunctions.executions.at(-1)!;
      expect(Date.parse(dueAt)).toBeGreaterThan(startedAt.getTime() + 300_000);
      dueTimes.add(dueAt);
    }

    expect([...dueTimes]).toEqual(['2026-11-22T12:05:30.000Z', '2026-11-22T12:09:00.000Z', '2026-11-22T12:12:00.000Z']);
  });

  test('on Standard stays in one execution', async () => {
    const { simulation } = await aDeployment(delays(50), 'standard');

    await trigger(simulation);
    await runUntilIdle(simulation);

    expect(executionsOf(simulation)).toEqual([{ name: 'run', status: 'SUCCEEDED', seconds: 1500 }]);
  });
});

describe('a hand-over', () => {
  test('that Step Functions refuses six times is made up for by recovery', async () => {
    const { simulation, row } = await aDeployment([...delays(8), aLog()]);
    await trigger(simulation);
    for (let n = 0; n < 6; n += 1) simulation.recorder.injectFault(isHandOver, 'refused');

    await runUntilIdle(simulation);

    expect(executionsOf(simulation)).toEqual([
      { name: 'run', status: 'FAILED', seconds: 180 + 31 },
      { name: 'run-p1-1', status: 'SUCCEEDED', seconds: 30 },
    ]);
    // The hand-over was recorded at 12:03, and is due 360 s later. One delay is left then.
    expect(await row()).toMatchObject({ status: 'succeeded', restarts: 1, finished_at: '2026-11-22T12:09:30.000Z' });
  });

  test('whose execution is lost between the record and the start is made up for by recovery', async () => {
    const { simulation, row } = await aDeployment([...delays(16), aLog()]);
    await trigger(simulation);
    simulation.recorder.injectFault(isHandOver, 'execution_lost', 1);

    await runUntilIdle(simulation);

    expect(executionsOf(simulation).map(({ name, status }) => `${name} ${status}`)).toEqual([
      'run LOST',
      'run-p1-1 SUCCEEDED',
      'run-p2-1 SUCCEEDED',
    ]);
    expect(await row()).toMatchObject({ status: 'succeeded', steps_succeeded: 17 });
  });

  test('is made by the repeated call if the answer of the segment was lost', async () => {
    const { simulation, row } = await aDeployment([...delays(8), aLog()]);
    await trigger(simulation);
    // The record of the seventh segment, which hands over.
    simulation.recorder.injectFault(
      (caller, call) => caller === 'run-segment' && call === 'send response',
      'process_stops',
      7,
    );

    await runUntilIdle(simulation);

    expect(executionsOf(simulation).map(({ name, status }) => `${name} ${status}`)).toEqual([
      'run SUCCEEDED',
      'run-p1 SUCCEEDED',
    ]);
    expect(await row()).toMatchObject({ status: 'succeeded', restarts: 0, finished_at: '2026-11-22T12:04:00.000Z' });
  });

  test.each(['response_lost', 'timed_out'] as const)(
    'is made if the record of the segment was written and its response %s',
    async (fault) => {
      const { simulation, row } = await aDeployment([...delays(8), aLog()]);
      await trigger(simulation);
      simulation.recorder.injectFault(isRecord, fault, 7);

      await runUntilIdle(simulation);

      expect(executionsOf(simulation)).toHaveLength(2);
      expect(await row()).toMatchObject({ status: 'succeeded', restarts: 0, finished_at: '2026-11-22T12:04:00.000Z' });
    },
  );

  test('ends a second execution of the same part, whoever started it', async () => {
    const { simulation, row } = await aDeployment([...delays(16), aWebhookStep()]);
    await trigger(simulation);
    const [first] = simulation.stepFunctions.executions;
    // One that AWS started for the same request, with the same input, and one of recovery.
    simulation.stepFunctions.resume({ ...structuredClone(first!), id: 'twin' });
    await restart(simulation, 1);

    await runUntilIdle(simulation);

    const executions = executionsOf(simulation);
    expect(executions.map(({ name }) => name)).toEqual(['run', 'run', 'run-1', 'run-p1', 'run-p2']);
    expect(executions.every(({ status }) => status === 'SUCCEEDED')).toBe(true);
    expect(eventsOf(simulation).filter((event) => event === 'execution_superseded')).toHaveLength(2);
    expect((await row()).trail).toHaveLength(17);
    expect(simulation.arrivals).toHaveLength(1);
  });

  test('that is started twice goes on twice until the next one only, and performs each step once', async () => {
    const { simulation, row } = await aDeployment([...delays(22), aWebhookStep()]);
    await trigger(simulation);
    simulation.recorder.injectFault(isHandOver, 'response_lost');

    await runUntilIdle(simulation);

    expect(executionsOf(simulation).map(({ name }) => name)).toEqual(['run', 'run-p1', 'run-p1', 'run-p2', 'run-p3']);
    expect((await row()).trail).toHaveLength(23);
    expect(simulation.arrivals).toHaveLength(1);
  });

  test('keeps the name of its restarts, so that no two executions of a run have one name', async () => {
    const { simulation } = await aDeployment(delays(22));
    await trigger(simulation);
    await simulation.schedule.advanceTo(after(simulation.schedule, 200));
    await simulation.stepFunctions.lose(simulation.stepFunctions.executions[1]!);

    await runUntilIdle(simulation);

    const names = executionsOf(simulation).map(({ name }) => name);
    expect(names).toEqual(['run', 'run-p1', 'run-p1-1', 'run-p2-1', 'run-p3-1']);
  });
});

test('a run that is cancelled after a hand-over ends with its next segment', async () => {
  const { simulation, row } = await aDeployment([...delays(16), aWebhookStep()]);
  await trigger(simulation);
  await simulation.schedule.advanceTo(after(simulation.schedule, 250));

  await cancel(simulation, 1);
  await runUntilIdle(simulation);

  expect(await row()).toMatchObject({ status: 'cancelled', part: 1 });
  expect(executionsOf(simulation)).toEqual([
    { name: 'run', status: 'SUCCEEDED', seconds: 180 },
    { name: 'run-p1', status: 'SUCCEEDED', seconds: 90 },
  ]);
  expect(simulation.arrivals).toEqual([]);
});

describe('a run of the release before', () => {
  /** What that release started executions with, and the state that its machine began with. */
  const earlierInput = ({ part: _part, hand_over_at: _at, execution: _id, ...data }: Record<string, unknown>) => data;

  test('on Express goes on in its execution to its end, whatever its segments know of hand-overs', async () => {
    const { simulation, row } = await aDeployment([...delays(7), aDelay(29), aLog()]);
    await trigger(simulation);
    await simulation.schedule.advanceTo(after(simulation.schedule, 60));
    const [execution] = simulation.stepFunctions.executions;
    execution!.data = earlierInput(execution!.data);

    await runUntilIdle(simulation);

    expect(executionsOf(simulation)).toEqual([{ name: 'run', status: 'SUCCEEDED', seconds: 239 }]);
    expect(await row()).toMatchObject({ status: 'succeeded', restarts: 0 });
    expect(await row()).not.toHaveProperty('part');
  });

  test('on Standard goes on there', async () => {
    const { simulation, row } = await aDeployment([...delays(9), aLog()], 'standard');
    await trigger(simulation);
    await simulation.schedule.advanceTo(after(simulation.schedule, 60));
    await simulation.stepFunctions.lose(simulation.stepFunctions.executions[0]!);

    await runUntilIdle(simulation);

    expect(simulation.stepFunctions.executions.map(({ machine }) => machine)).toEqual(['standard', 'standard']);
    expect(await row()).toMatchObject({ status: 'succeeded' });
  });

  test('whose machine cannot hand over yet is not asked to, though this release started the execution', async () => {
    const { simulation, row } = await aDeployment([...delays(8), aLog()]);
    await trigger(simulation);
    await simulation.schedule.advanceTo(after(simulation.schedule, 10));
    delete simulation.stepFunctions.executions[0]!.data['execution'];

    await runUntilIdle(simulation);

    expect(executionsOf(simulation)).toEqual([{ name: 'run', status: 'SUCCEEDED', seconds: 240 }]);
    expect(await row()).toMatchObject({ status: 'succeeded', restarts: 0 });
  });
});
