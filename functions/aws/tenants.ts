import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tableShape } from '../contract';
import type { Plan } from '../domain/plan';
import { tenantSchema, type Tenant } from '../domain/tenant';
import { getRow, queryAll, whenConditionHolds, type Database, type Row } from './database';
import { tenantIdOf, tenantKey, tenantsParent } from './keys';

export type TenantStore = ReturnType<typeof tenantStore>;

/** The tenant's one item: plan, cap, settings and the run counter. The counter itself is written by `admission.ts` and `settlement.ts`. */
export function tenantStore(db: Database) {
  const update = (tenantId: string, expression: string, values: Row) =>
    whenConditionHolds(() =>
      db.client.send(
        new UpdateCommand({
          TableName: db.tableName,
          Key: { ...tenantKey(tenantId) },
          UpdateExpression: expression,
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeNames: expression.includes('#plan') ? { '#plan': 'plan' } : undefined,
          ExpressionAttributeValues: values,
        }),
      ),
    );

  return {
    async get(tenantId: string): Promise<Tenant | undefined> {
      return readTenant(await getRow(db, tenantKey(tenantId)));
    },

    /** False when the id is taken. */
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

    /** False when there is no such tenant; so do the other setters. */
    setPlan(tenantId: string, plan: Plan, cap: { unlimited: boolean; daily_cap: number }): Promise<boolean> {
      return update(tenantId, 'SET #plan = :plan, unlimited = :unlimited, daily_cap = :cap', {
        ':plan': plan,
        ':unlimited': cap.unlimited,
        ':cap': cap.daily_cap,
      });
    },

    setCap(tenantId: string, cap: { unlimited: boolean; daily_cap: number }): Promise<boolean> {
      return update(tenantId, 'SET unlimited = :unlimited, daily_cap = :cap', {
        ':unlimited': cap.unlimited,
        ':cap': cap.daily_cap,
      });
    },

    setAuthoring(tenantId: string, authoring: boolean): Promise<boolean> {
      return update(tenantId, 'SET authoring = :authoring', { ':authoring': authoring });
    },

    /** Of all tenants. Follows the table within moments. */
    async ids(): Promise<string[]> {
      const rows = await queryAll(db, {
        IndexName: tableShape.parentIndex.name,
        KeyConditionExpression: 'parent = :parent',
        ExpressionAttributeValues: { ':parent': tenantsParent },
      });
      return rows.map(({ pk }) => tenantIdOf(String(pk)));
    },

    async list(): Promise<Tenant[]> {
      const tenants: Tenant[] = [];
      for (const id of await this.ids()) {
        const tenant = await this.get(id);
        if (tenant !== undefined) tenants.push(tenant);
      }
      return tenants.sort((a, b) => a.id.localeCompare(b.id));
    },
  };
}

/** Parses the tenant's item; the per-day attributes `d20261122` become `used_by_day`. */
export function readTenant(row: Row | undefined): Tenant | undefined {
  if (row === undefined) return undefined;
  const counts = Object.entries(row).flatMap(([name, value]) => {
    const match = /^d(\d{4})(\d{2})(\d{2})$/.exec(name);
    return match === null ? [] : [[`${match[1]}-${match[2]}-${match[3]}`, value] as const];
  });
  return tenantSchema.parse({ ...row, used_by_day: Object.fromEntries(counts) });
}

/** Attribute with the number of accepted runs of `day`. */
export function usedAttribute(day: string): string {
  return `d${day.replaceAll('-', '')}`;
}

/** Attribute with the last run number before `day`'s first run: a number's day is the latest whose value is below it. */
export function beforeAttribute(day: string): string {
  return `b${day.replaceAll('-', '')}`;
}
