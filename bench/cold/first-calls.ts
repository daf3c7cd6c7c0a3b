import { authorizationStore } from '../../functions/aws/tenant/authorizations';
import { runAccepter } from '../world/accept-run';
import { httpEvent, triggerEvent, triggerToolEvent } from '../world/events';
import { batchOf, eventFirer } from '../world/fire-event';
import { pageRecipe, seedTenant } from '../world/seed-tenant';
import type { World } from '../world/start-world';
import type { FunctionName } from '../../functions/contract/functions';

type NextEvent = () => Promise<unknown>;

const tenantId = 'bench';

/**
 * Makes the event for the first call of each function, which is its ordinary work. Every call returns a new event,
 * because most events can be processed only once.
 */
export const firstCalls: Readonly<Record<FunctionName, (world: World) => Promise<NextEvent>>> = {
  'rest-api': async ({ database }) => {
    const { restToken } = await seedTenant(database, tenantId, [pageRecipe]);
    return () => Promise.resolve(triggerEvent(restToken, 1));
  },
  'mcp-server': async ({ database }) => {
    const { mcpToken } = await seedTenant(database, tenantId, [pageRecipe]);
    return () => Promise.resolve(triggerToolEvent(mcpToken, 1));
  },
  // A client that begins to connect asks this first, and it opens the library.
  'authorization-server': async (world) => {
    // Only the very first call makes the server's key.
    await authorizationStore(world.database).clientKey();
    const event = httpEvent('GET', '/.well-known/oauth-authorization-server', { token: 'none' });
    return () => Promise.resolve(event);
  },
  'run-segment': async (world) => {
    const acceptRun = runAccepter(world, await seedTenant(world.database, tenantId, [pageRecipe]));
    return () => acceptRun(1);
  },
  'deliver-webhook': async (world) => {
    await seedTenant(world.database, tenantId, []);
    const fire = await eventFirer(world, tenantId, `${world.engines.receiver}/in`);
    return async () => batchOf([await fire()]);
  },
  'recover-runs': () => Promise.resolve(() => Promise.resolve({})),
  'reconcile-runs': () => Promise.resolve(() => Promise.resolve({})),
};
