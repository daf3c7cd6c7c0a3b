import { PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { tableShape } from '../../contract/table';
import { attemptSchema, deliverySchema, keptAttempts, type Delivery } from '../../domain/delivery/delivery';
import { ulidOf } from '../../domain/delivery/ids';
import type { Reopening } from '../../domain/delivery/redeliver';
import { timeIn } from '../../domain/ulid';
import {
  checkItemSize,
  getRow,
  isConditionFailed,
  queryAll,
  whenConditionHolds,
  type Database,
  type Row,
} from '../database';
import { attemptPrefix, deliveriesParent, deliveryKey, deliveryPartition, deliveryPrefix, openShard } from '../keys';
import { isWhole, lastAttempts } from './last-attempts';

const inStepSchema = z.pick(deliverySchema, {
  id: true,
  endpoint_id: true,
  status: true,
  step_index: true,
  expires_at: true,
});

/** A pending delivery is attempted anyway. */
const isEnded = '#status <> :pending';
/** The SDK repeats an update whose answer was lost, and the first one may arrive after the attempt that the second led to. */
const isFirst = '(attribute_not_exists(reopened_by) OR reopened_by <> :by)';
/** No call has reopened it since the one that died and that this one goes on for. */
const isUntouched = '(attribute_not_exists(reopened_by) OR reopened_by < :since)';

/**
 * Deliveries, each a small row, because the body is stored with the event. `attempts.ts` and `record-attempt.ts` store
 * their attempts.
 */
export function deliveryStore(db: Database) {
  /** The delivery as it is now, without the attempts that are rows of their own. */
  async function state(tenantId: string, deliveryId: string, now: Date): Promise<Delivery | undefined> {
    return readDelivery(await getRow(db, deliveryKey(tenantId, deliveryId)), now);
  }

  return {
    /** Stores a new delivery with its due time. One that exists is left alone, whatever became of it. */
    async putIfAbsent(tenantId: string, delivery: Delivery, dueAt: string): Promise<void> {
      const Item = checkItemSize({
        ...deliveryKey(tenantId, delivery.id),
        parent: deliveriesParent(tenantId, delivery.endpoint_id),
        ...delivery,
        due_at: dueAt,
        open_shard: openShard(delivery.id),
        [tableShape.ttl]: Math.ceil(Date.parse(delivery.expires_at) / 1000),
      });
      await whenConditionHolds(() =>
        db.client.send(
          new PutCommand({ TableName: db.tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
        ),
      );
    },

    /** The ids of an event's deliveries that are stored. One query reads the part of the partition that is the event's. */
    async idsOfEvent(tenantId: string, eventId: string): Promise<ReadonlySet<string>> {
      const rows = await queryAll(db, {
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :event)',
        ExpressionAttributeValues: { ':pk': deliveryPartition(tenantId), ':event': deliveryPrefix + eventId },
        ProjectionExpression: '#id',
        ExpressionAttributeNames: { '#id': 'id' },
      });
      return new Set(rows.map(({ id }) => String(id)));
    },

    state,

    /** The delivery with its last attempts. One that has ended in its first attempt has it in its own row. */
    async get(tenantId: string, deliveryId: string, now: Date): Promise<Delivery | undefined> {
      const delivery = await state(tenantId, deliveryId, now);
      if (delivery === undefined || isWhole(delivery)) return delivery;
      const { Items = [] } = await db.client.send(
        new QueryCommand({
          TableName: db.tableName,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :attempts)',
          ExpressionAttributeValues: { ':pk': deliveryPartition(tenantId), ':attempts': attemptPrefix(deliveryId) },
          ScanIndexForward: false,
          Limit: keptAttempts,
        }),
      );
      const attempts = [...delivery.attempts, ...Items.map((row) => attemptSchema.parse(row))];
      return { ...delivery, attempts: lastAttempts(delivery, attempts, now, (attempt) => attempt) };
    },

    /**
     * The deliveries that the steps of a run show. One query reads the part of the partition that belongs to the run.
     */
    async listForRun(tenantId: string, uid: string, now: Date) {
      const ofRun = deliveryPrefix + ulidOf(uid);
      const rows = await queryAll(db, {
        ConsistentRead: true,
        // Step events have numbers; events of the run itself sort after all digits.
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
        ExpressionAttributeValues: { ':pk': deliveryPartition(tenantId), ':first': `${ofRun}0`, ':last': `${ofRun}:` },
        ProjectionExpression: '#id, endpoint_id, #status, step_index, expires_at',
        ExpressionAttributeNames: { '#id': 'id', '#status': 'status' },
      });
      return rows
        .map((row) => inStepSchema.parse(row))
        .filter(({ expires_at }) => Date.parse(expires_at) > now.getTime())
        .flatMap(({ step_index, id, endpoint_id, status }) =>
          step_index === null ? [] : [{ id, endpoint_id, status, step_index }],
        );
    },

    /** Whether the call `by`, or one that began later, made the delivery pending again. */
    async wasReopened(tenantId: string, deliveryId: string, by: string): Promise<boolean> {
      const last = (await getRow(db, deliveryKey(tenantId, deliveryId)))?.['reopened_by'];
      return typeof last === 'string' && last >= timeIn(by);
    },

    /**
     * Makes an ended delivery pending again, for one attempt. Undefined if it is pending or does not exist. If this call has
     * done so already, the delivery is returned as it is now.
     */
    async reopen(tenantId: string, deliveryId: string, how: Reopening): Promise<Delivery | undefined> {
      try {
        const { Attributes } = await db.client.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { ...deliveryKey(tenantId, deliveryId) },
            UpdateExpression:
              'SET #status = :pending, #trigger = :replay, ended_reason = :none, next_attempt_at = :next, due_at = :due, ' +
              'open_shard = :shard, reopened_by = :by',
            ConditionExpression: [
              'attribute_exists(pk)',
              isEnded,
              isFirst,
              ...(how.notSince ? [isUntouched] : []),
            ].join(' AND '),
            ExpressionAttributeNames: { '#status': 'status', '#trigger': 'trigger' },
            ExpressionAttributeValues: {
              ':pending': 'pending',
              ':replay': 'replay',
              ':none': null,
              ':next': how.nextAttemptAt,
              ':due': how.dueAt,
              ':by': how.by,
              ':shard': openShard(deliveryId),
              ...(how.notSince && { ':since': timeIn(how.notSince) }),
            },
            ReturnValues: 'ALL_NEW',
          }),
        );
        return deliverySchema.parse(Attributes);
      } catch (error) {
        if (!isConditionFailed(error)) throw error;
        const row = await getRow(db, deliveryKey(tenantId, deliveryId));
        return row?.['reopened_by'] === how.by ? deliverySchema.parse(row) : undefined;
      }
    },
  };
}

/** TTL deletes rows with a delay, so an expired row counts as deleted. */
function readDelivery(row: Row | undefined, now: Date): Delivery | undefined {
  const delivery = row && deliverySchema.parse(row);
  return delivery !== undefined && Date.parse(delivery.expires_at) > now.getTime() ? delivery : undefined;
}
