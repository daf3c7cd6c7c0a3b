import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { DeliveryMessage } from '../../contract/messages';
import { addSeconds } from '../../domain/day';
import { deliverySchema, keptAttempts, type Attempt, type Delivery } from '../../domain/delivery/delivery';
import { webhookEventSchema, type WebhookEvent } from '../../domain/delivery/event';
import { eventIdOf } from '../../domain/delivery/ids';
import type { Verdict } from '../../domain/delivery/outcome';
import { signingSecretsSchema, type Endpoint, type SigningSecrets } from '../../domain/endpoint/endpoint';
import { checkItemSize, getRows, isConditionFailed, whenConditionHolds, type Database, getRow } from '../database';
import { readEndpoint } from '../endpoint/endpoints';
import { deliveryKey, endpointKey, eventKey } from '../keys';

export type DeliveryAttemptStore = ReturnType<typeof deliveryAttemptStore>;

/** The right to make one attempt. */
export interface Lease {
  /** Unique for this attempt, so that only the process that made the attempt can write its result. */
  readonly token: string;
  readonly until: string;
}

export interface AttemptContext {
  /** Undefined if the endpoint was deleted. */
  readonly endpoint: { readonly endpoint: Endpoint; readonly secrets: SigningSecrets } | undefined;
  readonly event: WebhookEvent;
}

/** Ended deliveries are not attempted; a redelivery makes them pending first. */
const isPending = '#status = :pending';
/** A message sent for an earlier attempt is a duplicate. */
const isThisAttempt = 'attempts_made = :made';
/**
 * No attempt is in progress: there is no lease, or an expired one (its holder is gone), or ours (the SDK repeated the
 * request).
 */
const isFree = '(attribute_not_exists(lease_until) OR lease_until < :now OR lease = :token)';

/**
 * The delivery does not wait for a later turn. A message that comes before the turn is a duplicate, as the one that was
 * sent with the place in line comes at the turn.
 */
const isItsTurn = '(attribute_not_exists(waiting_until) OR waiting_until <= :almost)';
/** Clocks may differ, and a message may come early, by this much. */
const earlySeconds = 2;

/** The reads and writes of one attempt: three requests. */
export function deliveryAttemptStore(db: Database) {
  /**
   * Whether the row has this very attempt. The first request of a record that the SDK repeats has given the lease back, so
   * the second is refused; without this look the next attempt would wait for recovery.
   */
  async function isRecorded(tenantId: string, deliveryId: string, { number, at }: Attempt): Promise<boolean> {
    const row = await getRow(db, deliveryKey(tenantId, deliveryId));
    return (
      row !== undefined && deliverySchema.parse(row).attempts.some((made) => made.number === number && made.at === at)
    );
  }

  return {
    /** Claims the attempt that a message asks for. Undefined if there is nothing to do; the message can be dropped. */
    async claim(message: DeliveryMessage, lease: Lease, now: Date): Promise<Delivery | undefined> {
      try {
        const { Attributes } = await db.client.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { ...deliveryKey(message.tenant_id, message.delivery_id) },
            UpdateExpression: 'SET lease = :token, lease_until = :until',
            ConditionExpression: [isPending, isThisAttempt, isFree, isItsTurn].join(' AND '),
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: {
              ':pending': 'pending',
              ':made': message.attempts,
              ':now': now.toISOString(),
              ':almost': addSeconds(now, earlySeconds).toISOString(),
              ':token': lease.token,
              ':until': lease.until,
            },
            ReturnValues: 'ALL_NEW',
          }),
        );
        return deliverySchema.parse(Attributes);
      } catch (error) {
        if (isConditionFailed(error)) return undefined;
        throw error;
      }
    },

    /** Reads the event with its exact body, and the endpoint in its current state with its signing secrets. */
    async context(tenantId: string, delivery: Delivery): Promise<AttemptContext> {
      const [endpointRow, eventRow] = await getRows(db, [
        endpointKey(tenantId, delivery.endpoint_id),
        eventKey(tenantId, eventIdOf(delivery.id)),
      ]);
      const endpoint = readEndpoint(endpointRow);
      return {
        endpoint: endpoint && { endpoint, secrets: signingSecretsSchema.parse(endpointRow) },
        event: webhookEventSchema.parse(eventRow),
      };
    },

    /**
     * Gives the lease back, because the attempt is to be made at a later turn. It is not counted. If another process has
     * taken the lease over, nothing is written.
     */
    async wait(tenantId: string, deliveryId: string, token: string, until: { turn: string; dueAt: string }) {
      await whenConditionHolds(() =>
        db.client.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { ...deliveryKey(tenantId, deliveryId) },
            UpdateExpression:
              'SET waiting_until = :turn, next_attempt_at = :turn, due_at = :due REMOVE lease, lease_until',
            ConditionExpression: 'lease = :token',
            ExpressionAttributeValues: { ':token': token, ':turn': until.turn, ':due': until.dueAt },
          }),
        ),
      );
    },

    /**
     * Writes the state of the delivery and the attempt, if one was made. False if the lease expired and another attempt
     * began; then the result of that one counts.
     */
    async record(
      tenantId: string,
      delivery: Delivery,
      token: string,
      result: { verdict: Verdict; attempt: Attempt | undefined },
    ): Promise<boolean> {
      const { verdict, attempt } = result;
      const attempts = [...delivery.attempts, ...(attempt === undefined ? [] : [attempt])].slice(-keptAttempts);
      checkItemSize({ ...delivery, attempts });
      const due =
        verdict.dueAt === null
          ? 'REMOVE due_at, open_shard, lease, lease_until, waiting_until'
          : ', due_at = :due REMOVE lease, lease_until, waiting_until';
      const recorded = await whenConditionHolds(() =>
        db.client.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { ...deliveryKey(tenantId, delivery.id) },
            UpdateExpression:
              'SET #status = :status, ended_reason = :reason, next_attempt_at = :next, #url = :url, attempts = :attempts, ' +
              `attempts_made = :made ${due}`,
            ConditionExpression: 'lease = :token',
            ExpressionAttributeNames: { '#status': 'status', '#url': 'url' },
            ExpressionAttributeValues: {
              ':token': token,
              ':status': verdict.status,
              ':reason': verdict.endedReason,
              ':next': verdict.nextAttemptAt,
              ':url': attempt?.url ?? delivery.url,
              ':attempts': attempts,
              ':made': delivery.attempts_made + (attempt === undefined ? 0 : 1),
              ...(verdict.dueAt !== null && { ':due': verdict.dueAt }),
            },
          }),
        ),
      );
      return recorded || (attempt !== undefined && (await isRecorded(tenantId, delivery.id, attempt)));
    },
  };
}
