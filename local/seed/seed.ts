import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { randomBytes } from 'node:crypto';
import { getRow } from '../../functions/aws/database';
import { newEndpointId } from '../../functions/domain/endpoint/id';
import { newSigningSecret } from '../../functions/domain/endpoint/signature';
import { startRun } from '../../functions/domain/run/start-run';
import { capOf } from '../../functions/domain/tenant/tenant';
import { newTraceparent } from '../../functions/domain/traceparent';
import { seedMembers } from './members';
import type { Stores } from './stores';
import { seedTenants, type SeededTenant } from './tenants';
import { seedWorkflows, springPromo, type SeedWorkflow } from './workflows';

/** Says in the table that all is there, so that what a user deletes does not come back. Of no tenant, so of no use to one. */
const seededMark = { pk: 'LOCAL', sk: 'SEEDED' };

/**
 * Fills the table on the first start. A start that was interrupted is made good by the next: each part is put only if
 * it is not there yet.
 */
export async function seed(stores: Stores, inboxOrigin: string, now: Date): Promise<void> {
  const { database } = stores;
  if ((await getRow(database, seededMark)) !== undefined) return;
  await Promise.all(seedTenants.map((tenant) => seedTenant(stores, tenant, inboxOrigin, now)));
  await database.client.send(new PutCommand({ TableName: database.tableName, Item: seededMark }));
}

async function seedTenant(stores: Stores, tenant: SeededTenant, inboxOrigin: string, now: Date): Promise<void> {
  await stores.tenants.create({
    id: tenant.id,
    name: tenant.name,
    plan: tenant.plan,
    ...capOf(tenant.plan),
    authoring: tenant.plan === 'pro' || tenant.plan === 'custom',
    cursor_key: randomBytes(32).toString('base64'),
    last_run_number: 0,
    settled_upto: 0,
    used_by_day: {},
  });
  await seedMembers(stores, tenant.id, now);
  await seedEndpoint(stores, tenant, inboxOrigin, now);
  // One after another, so that a workflow has the same number in every tenant and at every first start.
  for (const workflow of tenant.plan === 'starter' ? [springPromo] : seedWorkflows) {
    await seedWorkflow(stores, tenant, workflow, now);
  }
}

async function seedEndpoint(stores: Stores, { id, plan }: SeededTenant, inboxOrigin: string, now: Date): Promise<void> {
  const url = `${inboxOrigin}/hooks/${id}/campaigns`;
  if ((await stores.endpoints.list(id)).some((endpoint) => endpoint.url === url)) return;
  const at = now.toISOString();
  await stores.endpoints.create(
    id,
    {
      id: newEndpointId(),
      url,
      events: ['campaign.*'],
      description: `The local inbox, as the ${plan} tenant's campaign tools`,
      body: 'envelope',
      headers: {},
      status: 'active',
      disabled_reason: null,
      disabled_at: null,
      disabling_announced: false,
      failing_since: null,
      warned_percent: 0,
      created_at: at,
      updated_at: at,
    },
    { secret: newSigningSecret(), keyHash: undefined },
    now,
  );
}

async function seedWorkflow(
  stores: Stores,
  { id: tenantId }: SeededTenant,
  seeded: SeedWorkflow,
  now: Date,
): Promise<void> {
  const { name, description, recipe, firstRun } = seeded;
  const workflows = await stores.workflows.all(tenantId);
  const workflow =
    workflows.find((existing) => existing.name === name) ??
    (await stores.workflows.create(tenantId, { name, description, active: true, recipe }, now.toISOString()));
  if (!firstRun) return;
  await startRun(stores.startRun, {
    tenantId,
    channel: 'dashboard',
    actorName: 'First start',
    requestId: 'first-start',
    traceparent: newTraceparent(`first-start-${name}`),
    idempotencyKey: `first-start-${name}`,
    faults: [],
    start: { operation: 'trigger', workflowId: workflow.id, input: firstRun.input },
  });
}
