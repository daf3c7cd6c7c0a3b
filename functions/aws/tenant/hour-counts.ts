import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tableShape } from '../../contract/table';
import type { HourlyLimit } from '../../domain/tenant/hourly';
import { getRow, whenConditionHolds, type Database } from '../database';
import { hourKey } from '../keys';

/** The row of an hour is of no use after it. A day is left for clocks, and for whoever looks into a complaint. */
const keptHours = 25;

/** If so many others count at the same time that none of these writes succeeds, nothing is granted. */
const maxTries = 20;

/** What a tenant did in an hour, by the name of the limit. Each count is one conditional write, so it is exact. */
export function hourCountStore(db: Database) {
  async function used(tenantId: string, name: HourlyLimit, hour: string): Promise<number> {
    const count = (await getRow(db, hourKey(tenantId, hour)))?.[name];
    return typeof count === 'number' ? count : 0;
  }

  /** Sent once, because the SDK's repetition would count twice. */
  function add(tenantId: string, name: HourlyLimit, hour: string, count: number, limit: number): Promise<boolean> {
    return whenConditionHolds(() =>
      db.once.send(
        new UpdateCommand({
          TableName: db.tableName,
          Key: { ...hourKey(tenantId, hour) },
          UpdateExpression: 'SET #ttl = :ttl ADD #name :count',
          ConditionExpression: 'attribute_not_exists(#name) OR #name <= :before',
          ExpressionAttributeNames: { '#ttl': tableShape.ttl, '#name': name },
          ExpressionAttributeValues: {
            ':ttl': Date.parse(`${hour}:00:00.000Z`) / 1000 + keptHours * 3600,
            ':count': count,
            ':before': limit - count,
          },
        }),
      ),
    );
  }

  return {
    used,

    async take(
      tenantId: string,
      name: HourlyLimit,
      hour: string,
      { wanted, limit }: { readonly wanted: number; readonly limit: number },
    ): Promise<number> {
      let granted = Math.min(wanted, limit);
      for (let tried = 0; tried < maxTries && granted > 0; tried += 1) {
        if (await add(tenantId, name, hour, granted, limit)) return granted;
        granted = Math.min(wanted, limit - (await used(tenantId, name, hour)));
      }
      return 0;
    },
  };
}
