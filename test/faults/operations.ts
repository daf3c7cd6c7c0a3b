import { runKey } from '../../functions/aws/keys';
import { runStore } from '../../functions/aws/run/runs';
import type { Answer } from '../support/http-calls';
import { overwrite } from '../support/table';
import { tenantId, token } from './fixture';
import { invoke } from './simulation/recorder';
import { after } from './simulation/schedule';
import type { Simulation } from './simulation/simulation';

/**
 * Triggers a run. Without an idempotency key the caller sends one request only, because a retry could start another
 * run.
 */
export async function trigger(simulation: Simulation, key?: string): Promise<void> {
  const target = '/api/v1/workflows/1/runs';
  if (key === undefined) await simulation.rest('POST', target, { token });
  else await postUntilAnswered(simulation, target, key);
}

export async function rerun(simulation: Simulation, key: string): Promise<void> {
  await postUntilAnswered(simulation, '/api/v1/workflow-runs/1/rerun', key);
}

export async function cancel(simulation: Simulation, runId: number): Promise<void> {
  await postUntilAnswered(simulation, `/api/v1/workflow-runs/${runId}/cancel`, undefined);
}

/** Repeats a request, waiting as `Retry-After` asks, until it gets a response that is not "try again". */
async function postUntilAnswered(simulation: Simulation, target: string, key: string | undefined): Promise<Answer> {
  const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
  for (let attempts = 0; attempts < 50; attempts += 1) {
    const response = await simulation.rest('POST', target, { token, headers });
    if (response !== undefined && response.status < 500 && response.body.code !== 'idempotency_in_progress')
      return response;
    await simulation.schedule.advanceTo(after(simulation.schedule, Number(response?.headers['retry-after'] ?? 5)));
  }
  throw new Error(`${target} had no final response after 50 attempts`);
}

/** Starts another execution of a run whose execution may still be alive, as recovery may do. */
export async function restart(simulation: Simulation, runId: number): Promise<void> {
  const run = await runStore(simulation.database).get(tenantId, runId);
  if (run === undefined) throw new Error('No run to restart');
  await invoke(simulation, 'recover-runs', () => simulation.product.restart(tenantId, run));
}

export async function loseExecutions({ stepFunctions }: Simulation): Promise<void> {
  for (const execution of stepFunctions.executions) await stepFunctions.lose(execution);
}

/** Performs all steps of a run and leaves its deliveries in the queue. */
export async function performed(simulation: Simulation): Promise<void> {
  simulation.queue.hold();
  await trigger(simulation);
  await simulation.schedule.advanceTo(simulation.schedule.now());
}

/**
 * Leaves two admitted run numbers without a run: for one the process stopped before it put the run's row, for the other
 * the void row was put but the place was not refunded.
 */
export async function lostAdmissions(simulation: Simulation): Promise<void> {
  const { recorder } = simulation;
  recorder.injectFault((functionName, call) => functionName === 'rest-api' && call === 'Put run', 'process_stops');
  await trigger(simulation);
  recorder.injectFault((functionName, call) => functionName === 'rest-api' && call === 'Put run', 'refused');
  // The first update of the tenant's row counts the run; the second would refund it.
  recorder.injectFault(
    (functionName, call) => functionName === 'rest-api' && call === 'Update tenant',
    'process_stops',
    2,
  );
  await trigger(simulation);
  await trigger(simulation);
}

/**
 * Leaves work for recovery: run 1 was never started, run 2 lost its execution, run 3 is past its deadline, run 4 has
 * used all its restarts, and the queue has lost every message.
 */
export async function unfinishedWork(simulation: Simulation): Promise<void> {
  const { recorder, queue, schedule, database } = simulation;
  queue.hold();
  recorder.injectFault((functionName, call) => functionName === 'rest-api' && call === 'StartExecution', 'throttled');
  for (let runs = 1; runs <= 4; runs += 1) await trigger(simulation);
  await schedule.advanceTo(after(schedule, 10));
  await loseExecutions(simulation);
  queue.waiting.clear();
  await overwrite(database, runKey(tenantId, 3), { deadline_at: schedule.now().toISOString() });
  await overwrite(database, runKey(tenantId, 4), { restarts: 5 });
  // By now everything is due, so one pass of recovery finds all of it.
  await schedule.advanceTo(after(schedule, 600));
}

/** Triggers a run that waits for its seventh segment, 180 s after the start. */
export async function waitsForHandOver(simulation: Simulation): Promise<void> {
  await trigger(simulation);
  await simulation.schedule.advanceTo(after(simulation.schedule, 170));
}
