import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tableShape } from '../../contract/table';
import { deliverySchema, type Attempt, type Delivery } from '../../domain/delivery/delivery';
import type { Verdict } from '../../domain/delivery/outcome';
import { checkItemSize, getRow, whenConditionHolds, type Database } from '../database';
import { attemptKey, deliveryKey } from '../keys';
import { storedBytes } from '../stored-bytes';

/** A row of up to 2 KB costs what two rows of 1 KB cost, the delivery's and the attempt's, and saves a request. */
const maxBytesWithAttempt = 2048;
/** About what keys, the parent in the index, the lease and the expiry add to a delivery's row. */
const keyBytes = 300;

/** Whether an attempt is stored inside the delivery's row: the only one of most deliveries is. */
function fitsInRow(delivery: Delivery, verdict: Verdict, attempt: Attempt): boolean {
  return (
    attempt.number === 1 &&
    // No lease was left by a process that died, so there is no row of an unrecorded attempt.
    delivery.lease_until === undefined &&
    verdict.status === 'delivered' &&
    storedBytes({ ...delivery, attempts: [attempt] }) <= maxBytesWithAttempt - keyBytes
  );
}

/** An attempt's row is deleted with its delivery. */
export function attemptRow(tenantId: string, delivery: Delivery, attempt: Attempt) {
  return checkItemSize({
    ...attemptKey(tenantId, delivery.id, attempt),
    ...attempt,
    [tableShape.ttl]: Math.ceil(Date.parse(delivery.expires_at) / 1000),
  });
}

/**
 * Writes the state of the delivery and the attempt, if one was made. False if the lease expired and another attempt
 * began; then the result of that one counts.
 */
export async function recordAttempt(
  db: Database,
  tenantId: string,
  delivery: Delivery,
  token: string,
  result: { verdict: Verdict; attempt: Attempt | undefined },
): Promise<boolean> {
  const { verdict, attempt } = result;
  const isInRow = attempt !== undefined && fitsInRow(delivery, verdict, attempt);
  // Written first: if this process dies in between, the attempt is visible, and the delivery is attempted again.
  if (attempt !== undefined && !isInRow)
    await db.client.send(new PutCommand({ TableName: db.tableName, Item: attemptRow(tenantId, delivery, attempt) }));
  // With an attempt in a row of its own, the lease stays as the mark of who recorded last. It holds only with its time.
  const cleared = ['lease_until', 'waiting_until', ...(isInRow || attempt === undefined ? ['lease'] : [])];
  const due =
    verdict.dueAt === null
      ? `REMOVE due_at, open_shard, ${cleared.join(', ')}`
      : `, due_at = :due REMOVE ${cleared.join(', ')}`;
  const recorded = await whenConditionHolds(() =>
    db.client.send(
      new UpdateCommand({
        TableName: db.tableName,
        Key: { ...deliveryKey(tenantId, delivery.id) },
        UpdateExpression:
          'SET #status = :status, ended_reason = :reason, next_attempt_at = :next, #url = :url, ' +
          `attempts_made = :made${isInRow ? ', attempts = :attempts' : ''} ${due}`,
        ConditionExpression: 'lease = :token AND attribute_exists(lease_until)',
        ExpressionAttributeNames: { '#status': 'status', '#url': 'url' },
        ExpressionAttributeValues: {
          ':token': token,
          ':status': verdict.status,
          ':reason': verdict.endedReason,
          ':next': verdict.nextAttemptAt,
          ':url': attempt?.url ?? delivery.url,
          ...(isInRow && { ':attempts': [attempt] }),
          ':made': delivery.attempts_made + (attempt === undefined ? 0 : 1),
          ...(verdict.dueAt !== null && { ':due': verdict.dueAt }),
        },
      }),
    ),
  );
  return recorded || (attempt !== undefined && (await isRecorded(db, tenantId, delivery, token, attempt)));
}

/**
 * Whether this very process recorded its attempt. The first request of a record that the SDK repeats has given the lease
 * back, so the second is refused; without this look the next attempt would wait for recovery.
 */
async function isRecorded(
  db: Database,
  tenantId: string,
  { id }: Delivery,
  token: string,
  attempt: Attempt,
): Promise<boolean> {
  const row = await getRow(db, deliveryKey(tenantId, id));
  if (row === undefined) return false;
  const isInRow = deliverySchema
    .parse(row)
    .attempts.some(({ number, at }) => number === attempt.number && at === attempt.at);
  return isInRow || (row['lease'] === token && row['lease_until'] === undefined);
}
