import * as z from 'zod/mini';
import { msPerCall } from '../measure/rate';
import { ratioRow, type Row } from '../measure/row';
import { takeTurns } from '../measure/take-turns';
import { httpEvent, triggerEvent } from '../world/events';
import { openHandler } from '../world/open-handler';
import { pageRecipe, seedTenant, type SeededTenant } from '../world/seed-tenant';
import { startWorld } from '../world/start-world';
import { storeRuns } from './store-runs';

const storedRuns = 10_000;
const callsPerSample = 20;
const target = { atMost: 1.2 };

const repliedSchema = z.object({ statusCode: z.union([z.literal(200), z.literal(202)]) });

/**
 * Measures requests of a tenant with many stored runs, against those of a tenant with one run. Lists request one run, so
 * that both responses have the same size.
 */
export async function storedRunsPart(): Promise<Row[]> {
  const world = await startWorld();
  const handler = openHandler(world.product('rest-api'));
  const call = async (event: unknown) => repliedSchema.parse(await handler(event));
  const [few, many] = [
    await seedTenant(world.database, 'few', [pageRecipe]),
    await seedTenant(world.database, 'many', [pageRecipe]),
  ];
  for (const { restToken } of [few, many]) await call(triggerEvent(restToken, 1));
  await storeRuns(world.database, many.id, storedRuns);

  const get =
    (path: string) =>
    ({ restToken: token }: SeededTenant) =>
      httpEvent('GET', path, { token });
  const calls = {
    'GET workflow-runs': get('/api/v1/workflow-runs?limit=1'),
    'GET workflow-runs of a workflow': get('/api/v1/workflow-runs?limit=1&workflow_id=1'),
    'GET workflow-runs/1': get('/api/v1/workflow-runs/1'),
    // The last one, because it stores more runs.
    'POST workflows/1/runs': ({ restToken }: SeededTenant) => triggerEvent(restToken, 1),
  };
  const rows: Row[] = [];
  for (const [name, eventOf] of Object.entries(calls)) {
    const [full = [], empty = []] = await takeTurns(
      [many, few].map((tenant) => () => msPerCall(() => call(eventOf(tenant)), callsPerSample)),
    );
    const what = `${name}, ${storedRuns.toLocaleString('en')} stored runs`;
    rows.push(ratioRow({ what, unit: 'ms', target }, full, { name: '1 stored run', samples: empty }));
  }
  await world.stop();
  return rows;
}
