import * as z from 'zod/mini';
import { msPerCall } from '../measure/rate';
import { ratioRow, type Row } from '../measure/row';
import { takeTurns } from '../measure/take-turns';
import { httpEvent, triggerEvent } from '../world/events';
import { eventFirer } from '../world/fire-event';
import { openHandler } from '../world/open-handler';
import { pageRecipe, seedTenant, type SeededTenant } from '../world/seed-tenant';
import { startWorld, type World } from '../world/start-world';
import { endpointIdOf } from '../../functions/domain/delivery/ids';
import { storeDeliveries, storeRuns, storeWorkflows } from './store-copies';

const callsPerSample = 20;
const target = { atMost: 1.2 };

/** What the tenant `grown` has, and `young` has one of. */
const stored = { workflows: 1_000, deliveries: 50_000, runs: [10_000, 100_000] } as const;

const repliedSchema = z.object({ statusCode: z.union([z.literal(200), z.literal(202)]), body: z.string() });
const workflowsSchema = z.object({ data: z.tuple([z.object({ id: z.int() })]) });

type Call = (tenant: GrowingTenant) => unknown;

interface GrowingTenant extends SeededTenant {
  readonly deliveryId: string;
  readonly endpointId: string;
}

/**
 * Measures requests of a tenant with many rows against those of a tenant with one row of each kind. Lists request one
 * item, so that both responses have the same size.
 */
export async function growthPart(): Promise<Row[]> {
  const world = await startWorld();
  const handler = openHandler(world.product('rest-api'));
  const call = async (event: unknown) => repliedSchema.parse(await handler(event));
  const [young, grown] = [await growingTenant(world, 'young'), await growingTenant(world, 'grown')];
  for (const { restToken } of [young, grown]) await call(triggerEvent(restToken, 1));

  const rowsOf = async (
    calls: Readonly<Record<string, Call>>,
    count: number,
    [one, many]: readonly [string, string],
  ): Promise<Row[]> => {
    const rows: Row[] = [];
    for (const [name, eventOf] of Object.entries(calls)) {
      const [full = [], empty = []] = await takeTurns(
        [grown, young].map((tenant) => () => msPerCall(() => call(eventOf(tenant)), callsPerSample)),
      );
      rows.push(
        ratioRow({ what: `${name}, ${count.toLocaleString('en')} stored ${many}`, unit: 'ms', target }, full, {
          name: `1 stored ${one}`,
          samples: empty,
        }),
      );
    }
    return rows;
  };

  await storeWorkflows(world.database, grown.id, stored.workflows);
  const newest = workflowsSchema.parse(JSON.parse((await call(get('/api/v1/workflows?limit=1')(grown))).body)).data[0]
    .id;
  if (newest !== stored.workflows) throw new Error(`The newest workflow is ${newest}`);
  const rows = await rowsOf(workflowCalls, stored.workflows, ['workflow', 'workflows']);
  await storeDeliveries(world.database, grown.id, grown.deliveryId, stored.deliveries);
  rows.push(...(await rowsOf(deliveryCalls, stored.deliveries, ['delivery', 'deliveries'])));
  for (const count of stored.runs) {
    await storeRuns(world.database, grown.id, count);
    rows.push(...(await rowsOf(runCalls, count, ['run', 'runs'])));
  }
  await world.stop();
  return rows;
}

async function growingTenant(world: World, id: string): Promise<GrowingTenant> {
  const tenant = await seedTenant(world.database, id, [pageRecipe]);
  const fire = await eventFirer(world, id, 'https://hooks.example.com/in');
  const { delivery_id: deliveryId } = await fire();
  return { ...tenant, deliveryId, endpointId: endpointIdOf(deliveryId) };
}

const get =
  (path: string): Call =>
  ({ restToken: token }) =>
    httpEvent('GET', path, { token });

const trigger: Call = ({ restToken }) => triggerEvent(restToken, 1);

const workflowCalls = {
  'GET workflows': get('/api/v1/workflows?limit=1'),
  'GET workflows/1': get('/api/v1/workflows/1'),
  'POST workflows/1/runs': trigger,
};

const deliveryCalls = {
  'GET webhook-deliveries': get('/api/v1/webhook-deliveries?limit=1'),
  'GET webhook-deliveries of an endpoint': ({ endpointId, ...tenant }: GrowingTenant) =>
    get(`/api/v1/webhook-deliveries?limit=1&endpoint_id=${endpointId}`)({ endpointId, ...tenant }),
  'GET webhook-deliveries/{id}': ({ deliveryId, ...tenant }: GrowingTenant) =>
    get(`/api/v1/webhook-deliveries/${deliveryId}`)({ deliveryId, ...tenant }),
};

const runCalls = {
  'GET workflow-runs': get('/api/v1/workflow-runs?limit=1'),
  'GET workflow-runs of a workflow': get('/api/v1/workflow-runs?limit=1&workflow_id=1'),
  'GET workflow-runs/1': get('/api/v1/workflow-runs/1'),
  // The last one, because it stores more runs.
  'POST workflows/1/runs': trigger,
};
