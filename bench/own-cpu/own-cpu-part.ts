import { newToken } from '../../functions/domain/tenant/token';
import { parseRecipe } from '../../functions/domain/workflow/parse-recipe';
import { cpuMsPerCall } from '../measure/rate';
import { plainRow, type Row } from '../measure/row';
import { takeTurns } from '../measure/take-turns';
import { bundleAsOurs } from '../world/bundle-bare';
import { triggerEvent } from '../world/events';
import { openTrigger } from '../world/open-trigger';
import { logRecipe } from '../world/seed-tenant';
import { startWorld } from '../world/start-world';

const triggersPerSample = 1000;
const recipesPerSample = 500;

/**
 * Reports the CPU time of our own code: a trigger with stubbed AWS clients, and validating the longest recipe. It has no
 * target, because it depends on the machine; the part `throughput` compares the CPU of a whole trigger with a bare one.
 */
export async function ownCpuPart(): Promise<Row[]> {
  const world = await startWorld();
  const { environment } = world.product('rest-api');
  await world.stop();
  const file = bundleAsOurs('bench/own-cpu/stubbed-rest-api.ts');
  const trigger = openTrigger({ file, environment }, triggerEvent(newToken('pat'), 1));
  const recipe = logRecipe(50);
  const check = () => Promise.resolve(parseRecipe(recipe));

  const [triggers = [], recipes = []] = await takeTurns([
    () => cpuMsPerCall(trigger, triggersPerSample),
    () => cpuMsPerCall(check, recipesPerSample),
  ]);
  return [
    plainRow({ what: 'CPU of a trigger, AWS clients stubbed', unit: 'ms' }, triggers),
    plainRow({ what: 'CPU of checking a recipe of 50 steps', unit: 'ms' }, recipes),
  ];
}
