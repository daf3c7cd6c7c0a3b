import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { tableShape } from '../../contract/table';
import type { Plan } from '../../domain/tenant/plan';
import { tenantSchema, type Tenant } from '../../domain/tenant/tenant';
import { getRow, queryAll, whenConditionHolds, type Database, type Row } from '../database';
import { usedByDay } from '../day-attributes';
import { tenantIdOf, tenantKey, tenantsParent } from '../keys';
import { updateTenant } from './update-tenant';
import { usageHistoryStore } from './usage-history';

/**
 * The item of a tenant: plan, cap, settings and the run counter. `admission.ts` and `settlement.ts` write the counter.
 */
export function tenantStore(db: Database) {
  const history = usageHistoryStore(db);

  async function get(tenantId: string): Promise<Tenant | undefined> {
    return readTenant(await getRow(db, tenantKey(tenantId)));
  }

  /** The tenant with the runs of all days that are kept, which takes a second read; `get` has those of the last days. */
  async function getWithHistory(tenantId: string): Promise<Tenant | undefined> {
    const tenant = await get(tenantId);
    if (tenant === undefined) return undefined;
    const past = usedByDay((await history.read(tenantId)) ?? {});
    return { ...tenant, used_by_day: { ...past, ...tenant.used_by_day } };
  }

  /** The ids of all tenants. The read is eventually consistent. */
  async function ids(): Promise<string[]> {
    const rows = await queryAll(db, {
      IndexName: tableShape.parentIndex.name,
      KeyConditionExpression: 'parent = :parent',
      ExpressionAttributeValues: { ':parent': tenantsParent },
    });
    return rows.map(({ pk }) => tenantIdOf(String(pk)));
  }

  return {
    get,
    getWithHistory,
    ids,

    /** False if the id is taken. */
    async create(tenant: Tenant): Promise<boolean> {
      const { used_by_day: _none, ...stored } = tenant;
      const created = await whenConditionHolds(() =>
        db.client.send(
          new PutCommand({
            TableName: db.tableName,
            Item: { ...tenantKey(tenant.id), parent: tenantsParent, last_workflow_id: 0, ...stored },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      );
      // The cursor key is random: a tenant that has this one was put by this call, when the SDK repeated the request.
      return created || readTenant(await getRow(db, tenantKey(tenant.id)))?.cursor_key === tenant.cursor_key;
    },

    /** False if there is no such tenant. The same holds for the other setters. */
    setPlan(tenantId: string, plan: Plan, cap: { unlimited: boolean; daily_cap: number }): Promise<boolean> {
      return updateTenant(db, tenantId, {
        expression: 'SET #plan = :plan, unlimited = :unlimited, daily_cap = :cap',
        names: { '#plan': 'plan' },
        values: { ':plan': plan, ':unlimited': cap.unlimited, ':cap': cap.daily_cap },
      });
    },

    setCap(tenantId: string, cap: { unlimited: boolean; daily_cap: number }): Promise<boolean> {
      return updateTenant(db, tenantId, {
        expression: 'SET unlimited = :unlimited, daily_cap = :cap',
        values: { ':unlimited': cap.unlimited, ':cap': cap.daily_cap },
      });
    },

    setAuthoring(tenantId: string, authoring: boolean): Promise<boolean> {
      return updateTenant(db, tenantId, {
        expression: 'SET authoring = :authoring',
        values: { ':authoring': authoring },
      });
    },

    async list(): Promise<Tenant[]> {
      const tenants: Tenant[] = [];
      for (const id of await ids()) {
        const tenant = await get(id);
        if (tenant !== undefined) tenants.push(tenant);
      }
      return tenants.sort((a, b) => a.id.localeCompare(b.id));
    },
  };
}

/** Parses the item of a tenant. The attributes of days, such as `d20261122`, become `used_by_day`. */
export function readTenant(row: Row | undefined): Tenant | undefined {
  if (row === undefined) return undefined;
  return tenantSchema.parse({ ...row, used_by_day: usedByDay(row) });
}
