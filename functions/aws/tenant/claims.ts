import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tableShape } from '../../contract/table';
import { addSeconds } from '../../domain/day';
import { claimHours, claimSchema, type Claim, type ClaimRequest, type Held } from '../../domain/idempotency';
import { idempotencyLeaseSeconds } from '../../domain/timetable';
import { getRow, whenConditionHolds, type Database } from '../database';
import { claimKey } from '../keys';

/** Nobody holds the key. TTL may also delete an expired claim after it was read. */
const isGone = 'attribute_not_exists(pk)';
/** The SDK repeats a put whose answer was lost. A put that arrives after its request completed the claim changes nothing. */
const isOurs = '(holder = :holder AND #result = :none)';
/** Nobody else took over the claim that was judged expired or abandoned. */
const isAsSeen = 'lease_until = :seen';
/** The claim is the one that was taken. Releases before `holder` told claims apart by the end of their lease. */
const isHeld = ({ holder }: Held) => (holder === undefined ? 'lease_until = :held' : 'holder = :held');

/**
 * The idempotency keys of a tenant. One request at a time holds a key. TTL only cleans up; `expires_at` is checked on
 * read.
 */
export function claimStore(db: Database) {
  return {
    async get(tenantId: string, keyHash: string): Promise<Claim | undefined> {
      const row = await getRow(db, claimKey(tenantId, keyHash));
      return row && claimSchema.parse(row);
    },

    /**
     * Takes a key that is new, expired, or whose holder died; `seen` is the claim that was read and judged so.
     * Returns the claim now held, or undefined when another request took it first. A repetition by the SDK, which does not
     * know that its first attempt took effect, writes the same claim again.
     */
    async take(
      tenantId: string,
      keyHash: string,
      request: ClaimRequest,
      seen: Claim | undefined,
    ): Promise<Claim | undefined> {
      const expires = addSeconds(request.now, claimHours * 3600);
      const claim: Claim = {
        fingerprint: request.fingerprint,
        holder: request.holder,
        first_holder: request.firstHolder,
        lease_until: addSeconds(request.now, idempotencyLeaseSeconds).toISOString(),
        last_run_number: request.lastRunNumber,
        result: null,
        expires_at: expires.toISOString(),
      };
      const taken = await whenConditionHolds(() =>
        db.client.send(
          new PutCommand({
            TableName: db.tableName,
            Item: { ...claimKey(tenantId, keyHash), ...claim, [tableShape.ttl]: Math.ceil(expires.getTime() / 1000) },
            ConditionExpression: [isGone, isOurs, ...(seen === undefined ? [] : [isAsSeen])].join(' OR '),
            ExpressionAttributeNames: { '#result': 'result' },
            ExpressionAttributeValues: {
              ':holder': request.holder,
              ':none': null,
              ...(seen && { ':seen': seen.lease_until }),
            },
          }),
        ),
      );
      return taken ? claim : undefined;
    },

    /** Records what the request created, for replays. */
    complete(tenantId: string, keyHash: string, held: Held, result: string): Promise<boolean> {
      return whenConditionHolds(() =>
        db.client.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { ...claimKey(tenantId, keyHash) },
            UpdateExpression: 'SET #result = :result',
            ConditionExpression: isHeld(held),
            ExpressionAttributeNames: { '#result': 'result' },
            ExpressionAttributeValues: { ':result': result, ':held': held.holder ?? held.lease_until },
          }),
        ),
      );
    },

    /** Deletes the claim of a refused request, so that the same request may succeed later with the same key. */
    drop(tenantId: string, keyHash: string, held: Held): Promise<boolean> {
      return whenConditionHolds(() =>
        db.client.send(
          new DeleteCommand({
            TableName: db.tableName,
            Key: { ...claimKey(tenantId, keyHash) },
            ConditionExpression: isHeld(held),
            ExpressionAttributeValues: { ':held': held.holder ?? held.lease_until },
          }),
        ),
      );
    },
  };
}
