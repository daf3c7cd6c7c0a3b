import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import type { Endpoint } from '../../domain/endpoint/endpoint';
import { judgedBy } from '../../domain/endpoint/health';
import { getRow, isConditionFailed, setting, type Database, type Row } from '../database';
import { endpointKey } from '../keys';
import { readEndpoint } from './endpoints';
import { unchanged } from '../unchanged';

export type EndpointHealthStore = ReturnType<typeof endpointHealthStore>;

/** The result of writing a verdict. */
export interface WrittenVerdict {
  readonly isWritten: boolean;
  /** The endpoint as it is now; undefined if it was deleted. */
  readonly endpoint: Endpoint | undefined;
}

/**
 * The health of endpoints, and whether they are disabled. A verdict is written only onto what it was judged by: an
 * attempt takes up to 15 s, and meanwhile a person may have given the endpoint another address, or another attempt may
 * have cleared its failures.
 */
export function endpointHealthStore(db: Database) {
  async function write(tenantId: string, endpointId: string, set: Row, still: Row): Promise<WrittenVerdict> {
    const mark = randomUUID();
    // A change of the status is a new beginning: what was sent before it says nothing about the time after it.
    const update = setting({ ...set, health_mark: mark, ...('status' in set && { address_mark: mark }) });
    const condition = unchanged(still);
    try {
      const { Attributes } = await db.client.send(
        new UpdateCommand({
          TableName: db.tableName,
          Key: { ...endpointKey(tenantId, endpointId) },
          UpdateExpression: update.UpdateExpression,
          ConditionExpression: condition.expression,
          ExpressionAttributeNames: { ...update.ExpressionAttributeNames, ...condition.names },
          ExpressionAttributeValues: { ...update.ExpressionAttributeValues, ...condition.values },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return { isWritten: true, endpoint: readEndpoint(Attributes) };
    } catch (error) {
      if (!isConditionFailed(error)) throw error;
      const row = await getRow(db, endpointKey(tenantId, endpointId));
      // If the SDK repeats the write, its own first success refuses it; that must not count as a change by somebody
      // else.
      return { isWritten: row?.['health_mark'] === mark, endpoint: readEndpoint(row) };
    }
  }

  return {
    /** Writes what an attempt changed in the health of the endpoint that it was judged by. */
    write(tenantId: string, judged: Endpoint, set: Partial<Endpoint>): Promise<WrittenVerdict> {
      return write(tenantId, judged.id, set, Object.fromEntries(judgedBy.map((name) => [name, judged[name]])));
    },

    /** Notes that this disabling is announced. One of a later time keeps its own announcement. */
    async noteDisablingAnnounced(tenantId: string, endpointId: string, disabledAt: string): Promise<void> {
      const still = { disabling_announced: false, disabled_at: disabledAt };
      await write(tenantId, endpointId, { disabling_announced: true }, still);
    },
  };
}
