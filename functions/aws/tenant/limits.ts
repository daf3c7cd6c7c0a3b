import type { LimitName } from '../../domain/tenant/limits';
import { getRow, type Database } from '../database';
import { tenantKey } from '../keys';
import { updateTenant } from './update-tenant';

/** The limits that operators gave single tenants: the map `limits` on the tenant's item, which earlier releases lack. */
export function limitStore(db: Database) {
  return {
    /**
     * Sets one limit; undefined restores the default. False if there is no such tenant. Each write changes one name only,
     * so that operators who act at the same time do not undo each other's change.
     */
    async set(tenantId: string, name: LimitName, value: number | undefined): Promise<boolean> {
      const names = { '#name': name };
      if (value === undefined) {
        const expression = 'REMOVE limits.#name';
        const removed = await updateTenant(db, tenantId, { expression, condition: 'attribute_exists(limits)', names });
        return removed || (await getRow(db, tenantKey(tenantId))) !== undefined;
      }
      const setInMap = () =>
        updateTenant(db, tenantId, {
          expression: 'SET limits.#name = :value',
          condition: 'attribute_exists(limits)',
          names,
          values: { ':value': value },
        });
      const createMap = () =>
        updateTenant(db, tenantId, {
          expression: 'SET limits = :limits',
          condition: 'attribute_exists(pk) AND attribute_not_exists(limits)',
          values: { ':limits': { [name]: value } },
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
