import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import {
  countedRunSchema,
  tallySchema,
  type CountedRun,
  type NumberRead,
  type Tally,
} from '../../domain/run/overview/tally';
import type { Tenant } from '../../domain/tenant/tenant';
import { getRows, projectionOf, setting, whenConditionHolds, type Database, type Row } from '../database';
import { runKey, runPartition, tallyKey, tenantKey } from '../keys';
import { readTenant } from '../tenant/tenants';
import { disorderMs } from './list';
import { boundaryOf } from './skip-newer';

/** The most rows that one answer reads to count them. A response of DynamoDB also ends at 1 MB. */
const rowsPerRead = 1000;

const projection = projectionOf(['void', ...Object.keys(countedRunSchema.shape)]);

/** The counted outcomes of a tenant's runs; see `domain/run/overview/tally.ts`. */
export function tallyStore(db: Database) {
  return {
    /** One BatchGet. */
    async read(tenantId: string): Promise<{ tenant: Tenant | undefined; tally: Tally | undefined }> {
      const [tenant, tally] = await getRows(db, [tenantKey(tenantId), tallyKey(tenantId)]);
      return { tenant: readTenant(tenant), tally: tally && tallySchema.parse(tally) };
    },

    async runs(tenantId: string, numbers: readonly number[]): Promise<CountedRun[]> {
      const keys = numbers.map((number) => runKey(tenantId, number));
      const rows = await getRows(db, keys, projection);
      return rows.flatMap((row) => readCounted(row) ?? []);
    },

    async after(tenantId: string, upto: number): Promise<{ numbers: NumberRead[]; isCut: boolean }> {
      const { Items = [], LastEvaluatedKey } = await db.client.send(
        new QueryCommand({
          TableName: db.tableName,
          ConsistentRead: true,
          ...projection,
          KeyConditionExpression: 'pk = :pk AND sk > :after',
          ExpressionAttributeValues: { ':pk': runPartition(tenantId), ':after': runKey(tenantId, upto).sk },
          Limit: rowsPerRead,
        }),
      );
      return {
        numbers: Items.map((row) => ({ id: Number(row['sk']), run: readCounted(row) })),
        isCut: LastEvaluatedKey !== undefined,
      };
    },

    /** Halves the numbers, in about 14 reads of one row among a million runs. */
    async lastBefore(tenantId: string, within: { low: number; high: number }, before: string): Promise<number> {
      const earliest = Date.parse(before) - disorderMs;
      const { low } = await boundaryOf(db, tenantId, within, ({ created_at: at }) => Date.parse(at) >= earliest);
      return low;
    },

    /**
     * Every tally is true by itself, so of two that begin at the same number either may stay. One that begins at an earlier
     * number is refused, because it would count again what a later one has counted.
     */
    move(tenantId: string, seen: Tally | undefined, next: Tally): Promise<boolean> {
      const update = setting({ ...next });
      return whenConditionHolds(() =>
        db.once.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { ...tallyKey(tenantId) },
            ...update,
            ...(seen === undefined
              ? { ConditionExpression: 'attribute_not_exists(pk)' }
              : {
                  ConditionExpression: '#upto = :seen',
                  ExpressionAttributeValues: { ...update.ExpressionAttributeValues, ':seen': seen.upto },
                }),
          }),
        ),
      );
    },
  };
}

function readCounted(row: Row | undefined): CountedRun | undefined {
  return row === undefined || row['void'] === true ? undefined : countedRunSchema.parse(row);
}
