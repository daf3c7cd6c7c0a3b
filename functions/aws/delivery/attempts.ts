import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { DeliveryMessage } from '../../contract/messages';
import { addSeconds } from '../../domain/day';
import { deliverySchema, unrecordedAttempt, type Attempt, type Delivery } from '../../domain/delivery/delivery';
import { webhookEventSchema, type WebhookEvent } from '../../domain/delivery/event';
import { endpointIdOf, eventIdOf } from '../../domain/delivery/ids';
import type { Verdict } from '../../domain/delivery/outcome';
import { signingSecretsSchema, type Endpoint, type SigningSecrets } from '../../domain/endpoint/endpoint';
import { getRow, isConditionFailed, whenConditionHolds, type Database } from '../database';
import { readEndpoint } from '../endpoint/endpoints';
import { deliveryKey, endpointKey, eventKey } from '../keys';
import { attemptRow, recordAttempt } from './record-attempt';

export type DeliveryAttemptStore = ReturnType<typeof deliveryAttemptStore>;

/** The right to make one attempt. */
export interface Lease {
  /** Unique for this attempt, so that only the process that made the attempt can write its result. */
  readonly token: string;
  readonly until: string;
}

const claimedDeliverySchema = z.extend(deliverySchema, {
  /** When recovery would queue this attempt again. Rows written by hand may lack it. */
  due_at: z.optional(z.string()),
});
/** A delivery as it was before an attempt took its lease. */
export type ClaimedDelivery = z.infer<typeof claimedDeliverySchema>;

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

/** The reads and writes of one attempt: three requests, and one more if it failed. */
export function deliveryAttemptStore(db: Database) {
  /** Stores the lost attempt of a process that died, unless that has stored its result before it died. */
  async function keepUnrecorded(tenantId: string, delivery: Delivery, leaseUntil: string): Promise<void> {
    const Item = attemptRow(tenantId, delivery, unrecordedAttempt(delivery, leaseUntil));
    await whenConditionHolds(() =>
      db.client.send(
        new PutCommand({ TableName: db.tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
      ),
    );
  }

  return {
    /** Claims the attempt that a message asks for. Undefined if there is nothing to do; the message can be dropped. */
    async claim(message: DeliveryMessage, lease: Lease, now: Date): Promise<ClaimedDelivery | undefined> {
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
            ReturnValues: 'ALL_OLD',
          }),
        );
        const delivery = claimedDeliverySchema.parse(Attributes);
        const { lease_until: leftUntil } = delivery;
        const isOwn = Attributes?.['lease'] === lease.token;
        if (leftUntil !== undefined && !isOwn) await keepUnrecorded(message.tenant_id, delivery, leftUntil);
        return delivery;
      } catch (error) {
        if (isConditionFailed(error)) return undefined;
        throw error;
      }
    },

    /**
     * Reads the event with its exact body, and the endpoint in its current state with its signing secrets. These are two
     * requests, because the role of `deliver-webhook` covers each partition by a statement of its own, and IAM refuses a
     * batch unless one statement covers all its keys.
     */
    async context(tenantId: string, deliveryId: string): Promise<AttemptContext> {
      const [endpointRow, eventRow] = await Promise.all([
        getRow(db, endpointKey(tenantId, endpointIdOf(deliveryId))),
        getRow(db, eventKey(tenantId, eventIdOf(deliveryId))),
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

    record: (
      tenantId: string,
      delivery: Delivery,
      token: string,
      result: { readonly verdict: Verdict; readonly attempt: Attempt | undefined },
    ) => recordAttempt(db, tenantId, delivery, token, result),
  };
}
