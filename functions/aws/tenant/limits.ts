import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { LimitName } from '../../domain/tenant/limits';
import { getRow, whenConditionHolds, type Database, type Row } from '../database';
import { tenantKey } from '../keys';

/** The limits that operators gave single tenants: the map `limits` on the tenant's item, which earlier releases lack. */
export function limitStore(db: Database) {
  const update = (tenantId: string, expression: string, condition: string, name: LimitName, values?: Row) =>
    whenConditionHolds(() =>
      db.client.send(
        new UpdateCommand({
          TableName: db.tableName,
          Key: { ...tenantKey(tenantId) },
          UpdateExpression: expression,
          ConditionExpression: condition,
          ExpressionAttributeNames: expression.includes('#name') ? { '#name': name } : undefined,
          ExpressionAttributeValues: values,
        }),
      ),
    );

  return {
    /**
     * Sets one limit; undefined restores the default. False if there is no such tenant. Each write changes one name only,
     * so that operators who act at the same time do not undo each other's change.
     */
    async set(tenantId: string, name: LimitName, value: number | undefined): Promise<boolean> {
      if (value === undefined) {
        const removed = await update(tenantId, 'REMOVE limits.#name', 'attribute_exists(limits)', name);
        return removed || (await getRow(db, tenantKey(tenantId))) !== undefined;
      }
      const setInMap = () =>
        update(tenantId, 'SET limits.#name = :value', 'attribute_exists(limits)', name, { ':value': value });
      const createMap = () =>
        update(tenantId, 'SET limits = :limits', 'attribute_exists(pk) AND attribute_not_exists(limits)', name, {
          ':limits': { [name]: value },
        });
      // The map is never removed. If it is missing at first and cannot be created, then somebody else has just created it.
      return (await setInMap()) || (await createMap()) || (await setInMap());
    },
  };
}

/**
 * A condition on the tenant's item: `size`, such as `size(endpoint_ids)`, is below the tenant's limit. The item itself
 * is asked for the limit, so a change by an operator is in force from the next write on.
 *
 * @param otherwise the limit if the tenant has no number of its own
 */
export function belowLimit(size: string, name: LimitName, otherwise: number) {
  return {
    condition: `(${size} < limits.#limit OR (attribute_not_exists(limits.#limit) AND ${size} < :limit))`,
    names: { '#limit': name },
    values: { ':limit': otherwise },
  };
}
