import { countAll } from '../cost/count/all';
import type { CountedRun } from '../cost/count/run';

/** Counts the run for which all scaling is computed: a log line, a delay, and a webhook to one endpoint. */
export async function countPage(): Promise<CountedRun> {
  const [run] = await countAll([{ recipe: 'page', endpoints: 1 }]);
  if (run === undefined) throw new Error('No run was counted');
  return run;
}
