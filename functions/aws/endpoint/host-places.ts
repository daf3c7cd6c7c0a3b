import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { tableShape } from '../../contract/table';
import { addSeconds } from '../../domain/day';
import { hostOf } from '../../domain/endpoint/host/name';
import type { HostPlace } from '../../domain/endpoint/host-place';
import { ProductError } from '../../domain/errors';
import { limits } from '../../domain/tenant/limits';
import { hostPlaceSeconds } from '../../domain/timetable';
import { getRow, queryAll, setting, whenConditionHolds, type Database } from '../database';
import { endpointPrefix, hostPlacesKey, tenantKey } from '../keys';

/** Until when a place is kept for an endpoint whose row may not be written yet, by endpoint id. */
const placesSchema = z.object({ kept: z.record(z.string(), z.string()), version: z.int() });

/**
 * Another request that takes or settles a place at the same host makes a write fail. There are at most as many as the host
 * has places, because the others are refused; the rest is for endpoints that are deleted meanwhile.
 */
const maxTries = 2 * limits.endpoints_per_host.max + 10;

/** Nobody else has taken a place at this host since the row was read. A row that is not there is read as version 0. */
const isAsRead = (seen: number) =>
  seen === 0 ? 'version = :seen OR attribute_not_exists(version)' : 'version = :seen';

/**
 * Counts the endpoints of a tenant with one host, exactly at any concurrency. The rows of the endpoints are what is
 * counted, so there is no counter that could differ from them, and endpoints of earlier releases count too. The row of a
 * host holds only the endpoints that are just being written, and lets one request at a time add itself.
 */
export function hostPlaceStore(db: Database) {
  /** Read after the row of the host: who is no longer in that row has an endpoint row by then, or never will. */
  async function endpointsAt(tenantId: string, host: string): Promise<string[]> {
    const rows = await queryAll(db, {
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': tenantKey(tenantId).pk, ':prefix': endpointPrefix },
      ProjectionExpression: 'sk, #url',
      ExpressionAttributeNames: { '#url': 'url' },
    });
    return rows.flatMap(({ sk, url }) =>
      typeof url === 'string' && hostOf(url) === host ? [String(sk).slice(endpointPrefix.length)] : [],
    );
  }

  return {
    async take(tenantId: string, { endpointId, host, limit, now }: HostPlace): Promise<boolean> {
      const key = hostPlacesKey(tenantId, host);
      const until = addSeconds(now, hostPlaceSeconds);
      for (let tried = 0; tried < maxTries; tried += 1) {
        const { kept, version } = placesSchema.safeParse(await getRow(db, key)).data ?? { kept: {}, version: 0 };
        const stillKept = Object.entries(kept).filter(([, keptUntil]) => Date.parse(keptUntil) > now.getTime());
        // The SDK repeats a write whose response was lost, and its own first success refuses the repetition.
        if (stillKept.some(([id]) => id === endpointId)) return true;
        const others = new Set([...stillKept.map(([id]) => id), ...(await endpointsAt(tenantId, host))]);
        others.delete(endpointId);
        if (others.size >= limit) return false;
        const update = setting({
          kept: { ...Object.fromEntries(stillKept), [endpointId]: until.toISOString() },
          version: version + 1,
          [tableShape.ttl]: Math.ceil(until.getTime() / 1000),
        });
        const written = await whenConditionHolds(() =>
          db.client.send(
            new UpdateCommand({
              TableName: db.tableName,
              Key: { ...key },
              ...update,
              ConditionExpression: isAsRead(version),
              ExpressionAttributeValues: { ...update.ExpressionAttributeValues, ':seen': version },
            }),
          ),
        );
        if (written) return true;
      }
      throw new ProductError('unavailable', 'The endpoint could not be stored just now; try again.', {
        retryAfterSeconds: 2,
      });
    },

    settle(tenantId: string, { endpointId, host }: Pick<HostPlace, 'endpointId' | 'host'>): Promise<boolean> {
      return whenConditionHolds(() =>
        db.client.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { ...hostPlacesKey(tenantId, host) },
            UpdateExpression: 'SET version = version + :one REMOVE kept.#id',
            ConditionExpression: 'attribute_exists(kept.#id)',
            ExpressionAttributeNames: { '#id': endpointId },
            ExpressionAttributeValues: { ':one': 1 },
          }),
        ),
      );
    },
  };
}
