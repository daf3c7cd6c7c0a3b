import { countAll } from '../cost/count/all';
import type { CountedRun } from '../cost/count/run';

/** What is scaled: the product page's recipe with one endpoint. */
export async function countPage(): Promise<CountedRun> {
  const [run] = await countAll([{ recipe: 'page', endpoints: 1 }]);
  if (run === undefined) throw new Error('Nothing was counted');
  return run;
}
