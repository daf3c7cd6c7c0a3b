import { runProgressStore } from '../../../functions/aws/run/progress';
import { runStore } from '../../../functions/aws/run/runs';
import type { TrailEntry } from '../../../functions/domain/run/run';
import { aRun, noon } from '../../../test/support/builders';
import type { Rest } from '../../../test/support/rest';

const at = noon.toISOString();

/** Steps whose record is nearly as large as one may be, 128 KB. */
const largestTrail = Array.from({ length: 32 }, (): TrailEntry => {
  const output = { message: 'x'.repeat(3_900) };
  return { type: 'log', status: 'succeeded', started_at: at, finished_at: at, output, error: null };
});

/** A tenant with 100 workflows of the longest names and descriptions. @returns its token */
export async function manyWorkflows(rest: Rest): Promise<string> {
  const { id, token } = await rest.aTenant();
  for (let made = 0; made < 100; made += 1) {
    const workflow = await rest.aWorkflow(id, { name: 'n'.repeat(120) });
    await storeRun(rest, id, workflow.id, largestTrail.slice(0, 1));
  }
  return token;
}

/** A tenant whose run 1 has the largest record. @returns its token */
export async function largestRun(rest: Rest): Promise<string> {
  const { id, token } = await rest.aTenant();
  await rest.aWorkflow(id, { recipe: { steps: largestTrail.map(() => ({ type: 'log', message: '{{input.a}}' })) } });
  await storeRun(rest, id, 1, largestTrail);
  return token;
}

async function storeRun(rest: Rest, tenantId: string, id: number, entries: readonly TrailEntry[]): Promise<void> {
  const run = aRun({ id, workflow_id: id, uid: `run_${String(id).padStart(26, '0')}` });
  await runStore(rest.table).put(tenantId, { run, input: '{}', dueAt: at, keyHash: undefined });
  await runProgressStore(rest.table).record(
    tenantId,
    { ...run, trail: [] },
    {
      expectedCursor: 0,
      cursor: entries.length,
      entries,
      status: 'succeeded',
      stepsSucceeded: entries.length,
      stepsFailed: 0,
      startedAt: at,
      finishedAt: at,
      resumeAt: null,
      error: null,
      dueAt: undefined,
    },
  );
}
