import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { addSeconds, afterAll } from '../../domain/day';
import {
  endpointRevision,
  endpointSchema,
  revisedBy,
  rotationHours,
  signingSecretsSchema,
} from '../../domain/endpoint/endpoint';
import type { LastRotation, Rotated, Rotation } from '../../domain/endpoint/rotate-secret';
import { ProductError } from '../../domain/errors';
import { claimHours, requireSameRequest } from '../../domain/idempotency';
import { isConditional, requireExpected, type Expected } from '../../domain/revision';
import { timeIn } from '../../domain/ulid';
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
  /** The call that last let the replaced secret sign no longer: a ULID. */
  previous_expired_by: z.optional(z.string()),
});
type SecretRow = z.infer<typeof secretRowSchema>;

interface Change {
  readonly expression: string;
  readonly condition?: readonly string[];
  readonly values: Row;
  readonly expected: Expected;
}

/** The signing secrets of endpoints, as far as they change. */
export function endpointSecretStore(db: Database) {
  async function read(tenantId: string, endpointId: string): Promise<SecretRow | undefined> {
    const row = await getRow(db, endpointKey(tenantId, endpointId));
    return row === undefined || row['void'] === true ? undefined : secretRowSchema.parse(row);
  }

  /** The row after the write; undefined if another rotation, or with `expected` any edit, came between. */
  async function write(tenantId: string, seen: SecretRow, change: Change): Promise<SecretRow | undefined> {
    // Every rotation changes the secret, so that says that no other one came between. The time says it of any edit: the
    // next one must be later, see `afterAll`.
    const still = unchanged(seen, [
      'secret',
      ...(isConditional(change.expected) ? revisedBy : (['updated_at'] as const)),
    ]);
    try {
      const { Attributes } = await db.client.send(
        new UpdateCommand({
          TableName: db.tableName,
          Key: { ...endpointKey(tenantId, seen.id) },
          UpdateExpression: change.expression,
          ConditionExpression: [still.expression, ...(change.condition ?? [])].join(' AND '),
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
        const at = afterAll(now, [row.rotated_at, row.updated_at]).toISOString();
        const keepsPrevious = row.previous_until !== undefined && Date.parse(row.previous_until) > now.getTime();
        const until = keepsPrevious ? row.previous_until : addSeconds(now, rotationHours * 3600).toISOString();
        const expression =
          'SET secret = :secret, previous_secret = :previous, previous_until = :until, rotated_at = :at, updated_at = :at, edit_mark = :mark' +
          (key ? ', rotation_key = :key, rotation_fingerprint = :same' : ' REMOVE rotation_key, rotation_fingerprint');
        const values = {
          ':secret': secret,
          ':previous': keepsPrevious ? row.previous_secret : row.secret,
          ':until': until,
          ':at': at,
          ...(key && { ':key': key.hash, ':same': key.fingerprint }),
        };
        const next = await write(tenantId, row, { expression, values, expected });
        if (next !== undefined) return rotated(next, false);
      }
      throw overtaken();
    },

    /**
     * The endpoint, when its secret was last rotated, and the secret if that rotation had this key. Undefined if there is no
     * such endpoint.
     */
    async lastRotation(tenantId: string, endpointId: string, keyHash: string): Promise<LastRotation | undefined> {
      const row = await read(tenantId, endpointId);
      if (row === undefined) return undefined;
      const secret = row.rotation_key === keyHash ? row.secret : undefined;
      return { endpoint: endpointSchema.parse(row), secret, at: row.rotated_at };
    },

    /** Whether the call `by`, or one that began later, let the replaced secret sign no longer. */
    async previousWasExpired(tenantId: string, endpointId: string, by: string): Promise<boolean> {
      const last = (await read(tenantId, endpointId))?.previous_expired_by;
      return last !== undefined && last >= timeIn(by);
    },

    /**
     * Lets the replaced secret sign no longer. Undefined if there is no such endpoint.
     *
     * @param how.by a fresh ULID of the call
     * @throws ProductError `version_conflict`; `unavailable` if others rotated at the same moment each time
     */
    async expirePrevious(
      tenantId: string,
      endpointId: string,
      { by, now, expected = {} }: { readonly by: string; readonly now: Date; readonly expected?: Expected },
    ): Promise<Rotated['endpoint'] | undefined> {
      for (let tried = 0; tried < maxTries; tried += 1) {
        const row = await read(tenantId, endpointId);
        if (row?.previous_until === undefined) return row;
        requireExpected(expected, endpointRevision(row));
        const next = await write(tenantId, row, {
          expression:
            'SET updated_at = :now, edit_mark = :mark, previous_expired_by = :by REMOVE previous_secret, previous_until',
          // So that `previous_expired_by` names the call that did it.
          condition: ['attribute_exists(previous_until)'],
          values: { ':now': afterAll(now, [row.updated_at]).toISOString(), ':by': by },
          expected,
        });
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
