import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Database, Row } from '../../../functions/aws/database';
import { endpointStore } from '../../../functions/aws/endpoint/endpoints';
import { endpointKey, tenantKey } from '../../../functions/aws/keys';
import { memberStore } from '../../../functions/aws/tenant/members';
import { tenantStore } from '../../../functions/aws/tenant/tenants';
import { tokenStore } from '../../../functions/aws/tenant/tokens';
import { workflowStore } from '../../../functions/aws/workflow/workflows';
import { newSigningSecret } from '../../../functions/domain/endpoint/signature';
import { newToken } from '../../../functions/domain/tenant/token';
import type { Command } from '../../faults/simulation/sdk-command';
import { anEndpoint, aTenant, aToken, longBefore } from '../../support/builders';
import { overwrite } from '../../support/table';
import { memoryTable, type MemoryTable } from '../table/memory-table';
import type { GroundPlan } from './ground-plans';
import { inboxOrigin, issuer } from './origin';

export const tenantIds = ['acme', 'beta'] as const;
export type TenantId = (typeof tenantIds)[number];

/** The table in which a schedule begins: two tenants, who know nothing of each other. */
export interface Ground {
  readonly rows: readonly Row[];
  readonly tenants: Readonly<Record<TenantId, TenantOnGround>>;
}

export interface TenantOnGround {
  readonly pat: string;
  readonly mcp: string;
  /** The ID token of a member who may do everything. */
  readonly member: string;
  readonly email: string;
  /** Ids by the path at which the receiver is. */
  readonly endpoints: Readonly<Record<string, string>>;
}

const scopes = ['workflows:read', 'workflows:run', 'workflows:write', 'webhooks:read', 'webhooks:write'] as const;

/** Makes a ground with the product's own stores. */
export async function makeGround(plan: GroundPlan): Promise<Ground> {
  const table = memoryTable();
  const tenants = { acme: await addTenant(table, 'acme', plan), beta: await addTenant(table, 'beta', plan) };
  return { rows: table.rows(), tenants };
}

/** The table without a schedule, for what is not part of one. */
function plainDatabase(table: MemoryTable): Database {
  const client = {
    send: async (command: Command) => table.handle(command),
  } as unknown as DynamoDBDocumentClient;
  return { client, once: client, tableName: 'workflows' };
}

async function addTenant(table: MemoryTable, id: TenantId, plan: GroundPlan): Promise<TenantOnGround> {
  const database = plainDatabase(table);
  const created_at = longBefore.toISOString();
  await tenantStore(database).create(aTenant({ id }));
  await overwrite(database, tenantKey(id), { unlimited: false, daily_cap: plan.cap });
  const workflow = { name: 'Spring Promo', description: null, active: true, recipe: plan.recipe };
  await workflowStore(database).create(id, workflow, created_at);
  const [pat, mcp] = [newToken('pat'), newToken('mcp')];
  // Used just now, so that using them again writes nothing.
  const token = { tenant_id: id, created_at, last_used_at: '2026-11-23T00:00:00.000Z' };
  await tokenStore(database).put(id, pat, aToken({ ...token, id: 'tok_PAT', scopes: [...scopes] }));
  await tokenStore(database).put(id, mcp, aToken({ ...token, id: 'tok_MCP', kind: 'mcp', scopes: ['mcp'] }));
  const email = `ada@${id}.example`;
  const permissions = ['viewer' as const, 'manage_agents' as const];
  const member = `e30.${Buffer.from(email).toString('base64url')}.c2ln`;
  // The first tenant's member has signed in before; the other's account is bound when they do.
  const account = { iss: issuer, sub: member };
  await memberStore(database).add({ tenant_id: id, email, permissions, created_at, ...(id === 'acme' && { account }) });
  const endpoints: Record<string, string> = {};
  for (const [path, events] of Object.entries(plan.endpoints))
    endpoints[path] = await addEndpoint(database, id, { path, events, plan });
  return { pat, mcp, member, email, endpoints };
}

async function addEndpoint(
  database: Database,
  tenantId: TenantId,
  { path, events, plan }: { path: string; events: readonly string[]; plan: GroundPlan },
): Promise<string> {
  const url = `${inboxOrigin}/${tenantId}/${path}`;
  const endpoint = anEndpoint({
    id: endpointId(tenantId, path),
    url,
    events: [...events],
    created_at: longBefore.toISOString(),
  });
  await endpointStore(database).create(
    tenantId,
    endpoint,
    { secret: newSigningSecret(), keyHash: undefined },
    longBefore,
  );
  if (plan.nearlyDisabled)
    await overwrite(database, endpointKey(tenantId, endpoint.id), {
      failing_since: '2026-11-15T12:00:00.000Z',
      failed_days: 5,
      failed_day_at: '2026-11-20T12:00:00.000Z',
      warned_percent: 90,
      warned_at: '2026-11-20T12:00:00.000Z',
    });
  if (plan.perSecond !== undefined)
    await overwrite(database, endpointKey(tenantId, endpoint.id), { max_per_second: plan.perSecond });
  return endpoint.id;
}

/** From the alphabet of ids, which has no `i`, `l`, `o` and `u`. */
function endpointId(tenantId: TenantId, path: string): string {
  return `ep_${(tenantId.charAt(0) + path.replace(/[ilou]/g, '0')).padEnd(10, '0')}`;
}
