import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tableShape } from '../../contract/table';
import type { RateScope } from '../../domain/tenant/request-rate';
import { whenConditionHolds, type Database } from '../database';
import { requestCountKey } from '../keys';

/** Longer than a minute, in case clocks differ. */
const keptSeconds = 3600;

/**
 * Counts the requests of a tenant, and of each of its credentials, by the minute. Function instances take several requests
 * at once, so most requests write nothing. TTL removes the rows.
 */
export function requestCounter(db: Database) {
  return {
    /**
     * Adds `count` requests to a minute unless its limit has been reached. The count may exceed the limit by the size of one
     * lease, and a repetition by the SDK is counted twice; a rate may be inexact.
     */
    take(
      tenantId: string,
      counted: { readonly scope: RateScope; readonly window: string; readonly resetsAt: Date },
      count: number,
      limit: number,
    ): Promise<boolean> {
      const { scope, window, resetsAt } = counted;
      return whenConditionHolds(() =>
        db.client.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { ...requestCountKey(tenantId, window, scope) },
            UpdateExpression: 'ADD taken :count SET #ttl = :ttl',
            ConditionExpression: 'attribute_not_exists(taken) OR taken < :limit',
            ExpressionAttributeNames: { '#ttl': tableShape.ttl },
            ExpressionAttributeValues: {
              ':count': count,
              ':limit': limit,
              ':ttl': Math.ceil(resetsAt.getTime() / 1000) + keptSeconds,
            },
          }),
        ),
      );
    },
  };
}
