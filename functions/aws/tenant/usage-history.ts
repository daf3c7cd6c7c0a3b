import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { daysBefore, utcDay } from '../../domain/day';
import { getRow, type Database, type Row } from '../database';
import { attributesBefore } from '../day-attributes';
import { usageKey } from '../keys';

/** The number of days for which counts are kept, for the usage history. */
export const keptDays = 36;

/**
 * The counts of earlier days, in an item of their own: every run writes the tenant's item, and above 1 KB it would cost a
 * second write unit. They have the same attributes as in the tenant's item, from which settlement moves them.
 */
export function usageHistoryStore(db: Database) {
  return {
    /** Adds days, which may be there already, and removes those that are no longer kept. */
    async add(tenantId: string, days: Row, now: Date): Promise<void> {
      const kept = daysBefore(utcDay(now), keptDays);
      const tooOld = new Set(attributesBefore(days, kept));
      const added = Object.entries(days).filter(([name]) => !tooOld.has(name));
      const stored = attributesBefore((await read(tenantId)) ?? {}, kept);
      const set = added.map(([name]) => `${name} = :${name}`);
      if (set.length === 0 && stored.length === 0) return;
      await db.client.send(
        new UpdateCommand({
          TableName: db.tableName,
          Key: { ...usageKey(tenantId) },
          UpdateExpression: [
            ...(set.length > 0 ? [`SET ${set.join(', ')}`] : []),
            ...(stored.length > 0 ? [`REMOVE ${stored.join(', ')}`] : []),
          ].join(' '),
          ...(set.length > 0 && {
            ExpressionAttributeValues: Object.fromEntries(added.map(([name, value]) => [`:${name}`, value])),
          }),
        }),
      );
    },

    read,
  };

  /** A day that is in both items is being moved; the tenant's item counts. */
  function read(tenantId: string): Promise<Row | undefined> {
    return getRow(db, usageKey(tenantId));
  }
}
