import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tableShape } from '../../contract/table';
import { addSeconds } from '../../domain/day';
import { claimHours, claimSchema, leaseSeconds, type Claim } from '../../domain/idempotency';
import { getRow, whenConditionHolds, type Database } from '../database';
import { claimKey } from '../keys';

/** Idempotency keys of a tenant, each held by one request at a time. TTL only cleans up: `expires_at` is judged on read. */
export function claimStore(db: Database) {
  return {
    async get(tenantId: string, keyHash: string): Promise<Claim | undefined> {
      const row = await getRow(db, claimKey(tenantId, keyHash));
      return row && claimSchema.parse(row);
    },

    /**
     * Takes a key that is new, expired, or whose holder died; `seen` is the claim that was read and judged so.
     * Returns the claim now held, or undefined when another request took it first.
     */
    async take(
      tenantId: string,
      keyHash: string,
      request: { fingerprint: string; lastRunNumber: number; now: Date },
      seen: Claim | undefined,
    ): Promise<Claim | undefined> {
      const expires = addSeconds(request.now, claimHours * 3600);
      const claim: Claim = {
        fingerprint: request.fingerprint,
        lease_until: addSeconds(request.now, leaseSeconds).toISOString(),
        last_run_number: request.lastRunNumber,
        result: null,
        expires_at: expires.toISOString(),
      };
      const taken = await whenConditionHolds(() =>
        db.client.send(
          new PutCommand({
            TableName: db.tableName,
            Item: { ...claimKey(tenantId, keyHash), ...claim, [tableShape.ttl]: Math.ceil(expires.getTime() / 1000) },
            // Gone is free too: TTL may delete an expired claim after it was read.
            ConditionExpression: `attribute_not_exists(pk)${seen === undefined ? '' : ' OR lease_until = :seen'}`,
            ...(seen && { ExpressionAttributeValues: { ':seen': seen.lease_until } }),
          }),
        ),
      );
      return taken ? claim : undefined;
    },

    /** Notes what the request made, for replays. */
    complete(tenantId: string, keyHash: string, held: Claim, result: string): Promise<boolean> {
      return whenConditionHolds(() =>
        db.client.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { ...claimKey(tenantId, keyHash) },
            UpdateExpression: 'SET #result = :result',
            ConditionExpression: 'lease_until = :held',
            ExpressionAttributeNames: { '#result': 'result' },
            ExpressionAttributeValues: { ':result': result, ':held': held.lease_until },
          }),
        ),
      );
    },

    /** A refusal is not remembered: the same request may succeed later under the same key. */
    drop(tenantId: string, keyHash: string, held: Claim): Promise<boolean> {
      return whenConditionHolds(() =>
        db.client.send(
          new DeleteCommand({
            TableName: db.tableName,
            Key: { ...claimKey(tenantId, keyHash) },
            ConditionExpression: 'lease_until = :held',
            ExpressionAttributeValues: { ':held': held.lease_until },
          }),
        ),
      );
    },
  };
}
