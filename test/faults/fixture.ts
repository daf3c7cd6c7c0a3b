import type { Row } from '../../functions/aws/database';
import { endpointStore } from '../../functions/aws/endpoint/endpoints';
import { tenantStore } from '../../functions/aws/tenant/tenants';
import { tokenStore } from '../../functions/aws/tenant/tokens';
import { workflowStore } from '../../functions/aws/workflow/workflows';
import { newSigningSecret } from '../../functions/domain/endpoint/signature';
import { newToken } from '../../functions/domain/tenant/token';
import type { Recipe } from '../../functions/domain/workflow/recipe';
import { requireNoneDenied } from '../support/permitted-writes';
import { anEndpoint, aRecipe, aTenant, aToken, longBefore } from '../support/builders';
import { allRows, startEngine, type Engine } from './simulation/engine';
import { startReceiver, type Receiver } from './simulation/receiver';
import { emptyState, newSimulation, runUntilIdle } from './simulation/simulation';

/** What all simulations of a test file share. */
export interface Fixture {
  readonly engine: Engine;
  readonly receiver: Receiver;
  /** Rows of a second tenant whose run has finished. No simulation may change them. */
  readonly neighbour: readonly Row[];
  readonly stop: () => Promise<void>;
}

export interface Seeds {
  readonly recipe: Recipe;
  /** The event patterns that each endpoint subscribes to, by the endpoint's name. */
  readonly endpoints?: Readonly<Record<string, readonly string[]>> | undefined;
}

export const tenantId = 'acme' as const;
export const neighbourId = 'neighbour' as const;
type TenantId = typeof tenantId | typeof neighbourId;
const tokens = { [tenantId]: newToken('pat'), [neighbourId]: newToken('pat') };
export const token = tokens[tenantId];
export const oneEndpoint = { hook: ['*'] };

export async function startFixture(engine: Engine = startEngine()): Promise<Fixture> {
  const fixture = { engine, receiver: await startReceiver() };
  const rows = await seedRows(fixture, neighbourId, { recipe: aRecipe(), endpoints: { other: ['*'] } });
  const simulation = await newSimulation(fixture, {}, { ...emptyState, rows });
  await simulation.rest('POST', '/api/v1/workflows/1/runs', { token: tokens[neighbourId] });
  const neighbour = await runUntilIdle(simulation);
  return {
    ...fixture,
    neighbour,
    stop: async () => {
      await fixture.receiver.stop();
      requireNoneDenied();
    },
  };
}

/** Rows of a tenant with one workflow, a token and endpoints, written by the product's own stores. */
export async function seedRows(
  { engine, receiver }: Pick<Fixture, 'engine' | 'receiver'>,
  tenant: TenantId,
  { recipe, endpoints = oneEndpoint }: Seeds,
): Promise<readonly Row[]> {
  const database = await engine.newTable([]);
  const created_at = longBefore.toISOString();
  await tenantStore(database).create(aTenant({ id: tenant }));
  const workflow = { name: 'Spring Promo', description: null, active: true, recipe };
  await workflowStore(database).create(tenant, workflow, created_at);
  await tokenStore(database).put(tenant, tokens[tenant], aToken({ tenant_id: tenant, created_at }));
  for (const [name, events] of Object.entries(endpoints)) {
    const endpoint = anEndpoint({
      id: endpointId(name),
      url: `${receiver.origin}/${name}`,
      events: [...events],
      created_at,
    });
    await endpointStore(database).create(
      tenant,
      endpoint,
      { secret: newSigningSecret(), keyHash: undefined },
      longBefore,
    );
  }
  return allRows(database);
}

/** Derives an endpoint's id from its name. */
export function endpointId(name: string): string {
  return `ep_${name.padEnd(10, '0')}`;
}
