import { runKey } from '../../functions/aws/keys';
import { runStore } from '../../functions/aws/run/runs';
import type { Answer } from '../support/http-calls';
import { overwrite } from '../support/table';
import { tenantId, token } from './fixture';
import { invoke } from './simulation/recorder';
import { after } from './simulation/schedule';
import type { World } from './simulation/simulation';

/** Without a key a caller asks once: asking again could start another run. */
export async function trigger(world: World, key?: string): Promise<void> {
  const target = '/api/v1/workflows/1/runs';
  if (key === undefined) await world.rest('POST', target, { token });
  else await insist(world, target, key);
}

export async function rerun(world: World, key: string): Promise<void> {
  await insist(world, '/api/v1/workflow-runs/1/rerun', key);
}

export async function cancel(world: World, runId: number): Promise<void> {
  await insist(world, `/api/v1/workflow-runs/${runId}/cancel`, undefined);
}

/** A caller that repeats what was not answered for good: as often as it takes, as the API asks it to. */
async function insist(world: World, target: string, key: string | undefined): Promise<Answer> {
  const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
  for (let tries = 0; tries < 50; tries += 1) {
    const answer = await world.rest('POST', target, { token, headers });
    if (answer !== undefined && answer.status < 500 && answer.body.code !== 'idempotency_in_progress') return answer;
    await world.schedule.advanceTo(after(world.schedule, Number(answer?.headers['retry-after'] ?? 5)));
  }
  throw new Error(`${target} was never answered`);
}

/** What recovery may do to a run that is alive. */
export async function restart(world: World, runId: number): Promise<void> {
  const run = await runStore(world.database).get(tenantId, runId);
  if (run === undefined) throw new Error('No run to restart');
  await invoke(world, 'recover-runs', () => world.product.restart(tenantId, run));
}

export async function loseExecutions({ stepFunctions }: World): Promise<void> {
  for (const execution of stepFunctions.executions) await stepFunctions.lose(execution);
}

/** A run is over but for its deliveries, which are queued. */
export async function performed(world: World): Promise<void> {
  world.queue.hold();
  await trigger(world);
  await world.schedule.advanceTo(world.schedule.now());
}

/** Two numbers were counted and have no run: one lost before its row, one made void and not given back. */
export async function lostAdmissions(world: World): Promise<void> {
  const { recorder } = world;
  recorder.alsoHarm((of, call) => of === 'rest-api' && call === 'Put run', 'process_stops');
  await trigger(world);
  recorder.alsoHarm((of, call) => of === 'rest-api' && call === 'Put run', 'refused');
  // The first is the counter's, the second would give the number back.
  recorder.alsoHarm((of, call) => of === 'rest-api' && call === 'Update tenant', 'process_stops', 2);
  await trigger(world);
  await trigger(world);
}

/** A run never started, one whose execution was lost, one past its deadline, one restarted too often; their messages lost. */
export async function unfinishedWork(world: World): Promise<void> {
  const { recorder, queue, schedule, database } = world;
  queue.hold();
  recorder.alsoHarm((of, call) => of === 'rest-api' && call === 'StartExecution', 'throttled');
  for (let runs = 1; runs <= 4; runs += 1) await trigger(world);
  await schedule.advanceTo(after(schedule, 10));
  await loseExecutions(world);
  queue.waiting.clear();
  await overwrite(database, runKey(tenantId, 3), { deadline_at: schedule.now().toISOString() });
  await overwrite(database, runKey(tenantId, 4), { restarts: 5 });
  // Late enough for one pass to find it all.
  await schedule.advanceTo(after(schedule, 600));
}
