import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { addSeconds } from '../../domain/day';
import {
  endpointRevision,
  endpointSchema,
  revisedBy,
  rotationHours,
  signingSecretsSchema,
} from '../../domain/endpoint/endpoint';
import type { Rotated, Rotation } from '../../domain/endpoint/rotate-secret';
import { ProductError } from '../../domain/errors';
import { claimHours, requireSameRequest } from '../../domain/idempotency';
import { isConditional, requireExpected, type Expected } from '../../domain/revision';
import { getRow, isConditionFailed, type Database, type Row } from '../database';
import { endpointKey } from '../keys';
import { unchanged } from '../unchanged';

/** Each refused write was overtaken by another rotation of the same endpoint. */
const maxTries = 5;

/** An endpoint with its secrets, and the last rotation with the Idempotency-Key that it had. */
const secretRowSchema = z.extend(endpointSchema, {
  ...signingSecretsSchema.shape,
  rotated_at: z.optional(z.string()),
  rotation_key: z.optional(z.string()),
  rotation_fingerprint: z.optional(z.string()),
});
type SecretRow = z.infer<typeof secretRowSchema>;

/** The signing secrets of endpoints, as far as they change. */
export function endpointSecretStore(db: Database) {
  async function read(tenantId: string, endpointId: string): Promise<SecretRow | undefined> {
    const row = await getRow(db, endpointKey(tenantId, endpointId));
    return row === undefined || row['void'] === true ? undefined : secretRowSchema.parse(row);
  }

  /** The row after the write; undefined if another rotation, or with `expected` any edit, came between. */
  async function write(
    tenantId: string,
    seen: SecretRow,
    change: { readonly expression: string; readonly values: Row; readonly expected: Expected },
  ): Promise<SecretRow | undefined> {
    // Every rotation changes the secret, so without other expectations this alone says that no other one came between.
    const still = unchanged(seen, isConditional(change.expected) ? ['secret', ...revisedBy] : ['secret']);
    try {
      const { Attributes } = await db.client.send(
        new UpdateCommand({
          TableName: db.tableName,
          Key: { ...endpointKey(tenantId, seen.id) },
          UpdateExpression: change.expression,
          ConditionExpression: still.expression,
          ExpressionAttributeNames: still.names,
          ExpressionAttributeValues: { ...still.values, ...change.values, ':mark': randomUUID() },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return secretRowSchema.parse(Attributes);
    } catch (error) {
      if (isConditionFailed(error)) return undefined;
      throw error;
    }
  }

  return {
    /**
     * Makes `secret` the current one. The one that it replaces signs for 24 hours more, unless an earlier one still does:
     * receivers may know that one only, so it stays until its time is over.
     *
     * @returns undefined if there is no such endpoint
     * @throws ProductError `idempotency_key_reused`, `version_conflict`; `unavailable` if others rotated at the same moment
     *   each time
     */
    async rotate(
      tenantId: string,
      endpointId: string,
      { secret, key, now, expected = {} }: Rotation,
    ): Promise<Rotated | undefined> {
      for (let tried = 0; tried < maxTries; tried += 1) {
        const row = await read(tenantId, endpointId);
        if (row === undefined) return undefined;
        // Either the SDK repeated the write after its own first success, or somebody brought the secret that there is.
        if (row.secret === secret) return rotated(row, tried === 0);
        if (key !== undefined && isRotationOf(row, key.hash, now)) {
          requireSameRequest(row.rotation_fingerprint, key.fingerprint);
          return rotated(row, true);
        }
        requireExpected(expected, endpointRevision(row));
        const keepsPrevious = row.previous_until !== undefined && Date.parse(row.previous_until) > now.getTime();
        const until = keepsPrevious ? row.previous_until : addSeconds(now, rotationHours * 3600).toISOString();
        const expression =
          'SET secret = :secret, previous_secret = :previous, previous_until = :until, rotated_at = :now, updated_at = :now, edit_mark = :mark' +
          (key ? ', rotation_key = :key, rotation_fingerprint = :same' : ' REMOVE rotation_key, rotation_fingerprint');
        const values = {
          ':secret': secret,
          ':previous': keepsPrevious ? row.previous_secret : row.secret,
          ':until': until,
          ':now': now.toISOString(),
          ...(key && { ':key': key.hash, ':same': key.fingerprint }),
        };
        const next = await write(tenantId, row, { expression, values, expected });
        if (next !== undefined) return rotated(next, false);
      }
      throw overtaken();
    },

    /**
     * Lets the replaced secret sign no longer. Undefined if there is no such endpoint.
     *
     * @throws ProductError `version_conflict`; `unavailable` if others rotated at the same moment each time
     */
    async expirePrevious(
      tenantId: string,
      endpointId: string,
      now: Date,
      expected: Expected = {},
    ): Promise<Rotated['endpoint'] | undefined> {
      for (let tried = 0; tried < maxTries; tried += 1) {
        const row = await read(tenantId, endpointId);
        if (row?.previous_until === undefined) return row;
        requireExpected(expected, endpointRevision(row));
        const expression = 'SET updated_at = :now, edit_mark = :mark REMOVE previous_secret, previous_until';
        const next = await write(tenantId, row, { expression, values: { ':now': now.toISOString() }, expected });
        if (next !== undefined) return next;
      }
      throw overtaken();
    },
  };
}

function overtaken(): ProductError {
  return new ProductError('unavailable', 'The secret is being rotated by others; repeat the call in a moment.', {
    retryAfterSeconds: 2,
  });
}

function rotated(row: SecretRow, replayed: boolean): Rotated {
  return { endpoint: endpointSchema.parse(row), secret: row.secret, replayed };
}

function isRotationOf(row: SecretRow, keyHash: string, now: Date): boolean {
  const rotatedAt = row.rotated_at;
  return (
    row.rotation_key === keyHash && rotatedAt !== undefined && now < addSeconds(new Date(rotatedAt), claimHours * 3600)
  );
}
