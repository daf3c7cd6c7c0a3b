import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tableShape } from '../../contract/table';
import { boundsOfDay, secondsUntil, utcDay } from '../../domain/day';
import { notFound } from '../../domain/errors';
import { limitOf, limitReached } from '../../domain/tenant/limits';
import { getRow, whenConditionHolds, type Database } from '../database';
import { dailyCountsKey, tenantKey } from '../keys';
import { readTenant } from './tenants';

/** What is counted by UTC day besides runs. */
export type DailyCount = 'recipe_versions_per_day' | 'changes_per_day';

/** TTL deletes the counts of a day this long after the day's end. */
const keptSeconds = 86_400;

/**
 * Counts of a UTC day that bound how many permanent rows a tenant can create besides runs. They are in an item of their
 * own, so that the tenant's item, which every run writes, stays small. A count is taken before its row is written: a
 * request that dies in between has used one of the day.
 */
export function dailyCountStore(db: Database) {
  return {
    /** @throws ProductError `limit_reached` if the tenant has used up this count of the day */
    async count(tenantId: string, name: DailyCount, now: Date): Promise<void> {
      // The tenant is read anew, so that a limit which an operator has just raised is in force.
      const tenant = readTenant(await getRow(db, tenantKey(tenantId)));
      if (tenant === undefined) throw notFound('tenant');
      const { end } = boundsOfDay(utcDay(now));
      const limit = limitOf(tenant, name);
      const counted = await whenConditionHolds(() =>
        db.client.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { ...dailyCountsKey(tenantId, utcDay(now)) },
            UpdateExpression: 'SET #count = if_not_exists(#count, :zero) + :one, #ttl = :ttl',
            ConditionExpression: `#count < :limit${limit > 0 ? ' OR attribute_not_exists(#count)' : ''}`,
            ExpressionAttributeNames: { '#count': name, '#ttl': tableShape.ttl },
            ExpressionAttributeValues: {
              ':zero': 0,
              ':one': 1,
              ':limit': limit,
              ':ttl': Math.ceil(end.getTime() / 1000) + keptSeconds,
            },
          }),
        ),
      );
      if (counted) return;
      const remedy = `They count from 0 again at ${end.toISOString()}.`;
      throw limitReached(tenant, name, remedy, secondsUntil(end, now));
    },
  };
}
