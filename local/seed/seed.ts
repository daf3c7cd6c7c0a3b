import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { getRow } from '../../functions/aws/database';
import { startRun } from '../../functions/domain/run/start-run';
import { auditIds } from '../../functions/domain/tenant/audit-ids';
import { planIncludes, runningPlans } from '../../functions/domain/tenant/plan';
import { capOf } from '../../functions/domain/tenant/tenant';
import { newTraceparent } from '../../functions/domain/traceparent';
import { auditFirstStart } from './audit';
import { seedEndpoint } from './endpoint';
import { seedMembers } from './members';
import type { Stores } from './stores';
import { seedTenants, type SeededTenant } from './tenants';
import { seedWorkflows, springPromo, type SeedWorkflow } from './workflows';

/**
 * Names the tenants that were seeded, so that a later start does not recreate what the user deleted. No tenant owns this
 * row, so no tenant can read it.
 */
const seededKey = { pk: 'LOCAL', sk: 'SEEDED' };

/** Earlier releases wrote the row without `tenants` when all their tenants were there. */
const seededSchema = z.object({ tenants: z.optional(z.array(z.string())) });

/**
 * Fills the table on the first start, and adds the tenant of a plan that is new since then. The start after one that was
 * interrupted completes it, because each part is put only if it is not there yet.
 */
export async function seed(stores: Stores, inboxOrigin: string, now: Date): Promise<void> {
  const { database } = stores;
  const seeded = await readSeeded(stores);
  const missing = seedTenants.filter(({ id }) => !seeded.includes(id));
  if (missing.length === 0) return;
  await Promise.all(missing.map((tenant) => seedTenant(stores, tenant, inboxOrigin, now)));
  const Item = { ...seededKey, tenants: seedTenants.map(({ id }) => id) };
  await database.client.send(new PutCommand({ TableName: database.tableName, Item }));
}

async function readSeeded({ database, tenants }: Stores): Promise<readonly string[]> {
  const row = await getRow(database, seededKey);
  if (row === undefined) return [];
  return seededSchema.parse(row).tenants ?? (await tenants.ids());
}

async function seedTenant(stores: Stores, tenant: SeededTenant, inboxOrigin: string, now: Date): Promise<void> {
  await stores.tenants.create({
    id: tenant.id,
    name: tenant.name,
    plan: tenant.plan,
    ...capOf(tenant.plan),
    authoring: planIncludes(tenant.plan, 'rest_api'),
    cursor_key: randomBytes(32).toString('base64'),
    last_run_number: 0,
    settled_upto: 0,
    used_by_day: {},
  });
  await seedMembers(stores, tenant.id, now);
  await seedEndpoint(stores, tenant, inboxOrigin, now);
  // Sequentially, so that a workflow gets the same number in every tenant and at every first start.
  for (const workflow of runningPlans.includes(tenant.plan) ? seedWorkflows : [springPromo]) {
    await seedWorkflow(stores, tenant, workflow, now);
  }
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
  const { id, created_at: at } = workflow;
  await auditFirstStart(stores, tenantId, {
    id: auditIds.workflowVersion(id, 1, at),
    at,
    action: 'workflow.created',
    target: `workflow ${id}`,
  });
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
