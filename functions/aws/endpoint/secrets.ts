import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { addSeconds } from '../../domain/day';
import { endpointSchema, rotationHours, signingSecretsSchema } from '../../domain/endpoint/endpoint';
import type { LastRotation, Rotated, Rotation } from '../../domain/endpoint/rotate-secret';
import { ProductError } from '../../domain/errors';
import { claimHours, requireSameRequest } from '../../domain/idempotency';
import { timeIn } from '../../domain/ulid';
import { getRow, whenConditionHolds, type Database } from '../database';
import { endpointKey } from '../keys';

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

interface Write {
  readonly expression: string;
  readonly condition?: string;
  readonly set: Record<string, unknown>;
}

/** The signing secrets of endpoints, as far as they change. */
export function endpointSecretStore(db: Database) {
  async function read(tenantId: string, endpointId: string): Promise<SecretRow | undefined> {
    const row = await getRow(db, endpointKey(tenantId, endpointId));
    return row === undefined || row['void'] === true ? undefined : secretRowSchema.parse(row);
  }

  /** Writes unless another rotation came between: each changes the secret. */
  function write(tenantId: string, endpointId: string, seen: string, { expression, condition, set }: Write) {
    return whenConditionHolds(() =>
      db.client.send(
        new UpdateCommand({
          TableName: db.tableName,
          Key: { ...endpointKey(tenantId, endpointId) },
          UpdateExpression: expression,
          ConditionExpression: ['secret = :seen', ...(condition === undefined ? [] : [condition])].join(' AND '),
          ExpressionAttributeValues: { ':seen': seen, ...set },
        }),
      ),
    );
  }

  return {
    /**
     * Makes `secret` the current one. The one that it replaces signs for 24 hours more, unless an earlier one still does:
     * receivers may know that one only, so it stays until its time is over.
     *
     * @returns undefined if there is no such endpoint
     * @throws ProductError `idempotency_key_reused`; `unavailable` if others rotated at the same moment each time
     */
    async rotate(tenantId: string, endpointId: string, { secret, key, now }: Rotation): Promise<Rotated | undefined> {
      for (let tried = 0; tried < maxTries; tried += 1) {
        const row = await read(tenantId, endpointId);
        if (row === undefined) return undefined;
        // Either the SDK repeated the write after its own first success, or somebody brought the secret that there is.
        if (row.secret === secret) return rotated(row, tried === 0);
        if (key !== undefined && isRotationOf(row, key.hash, now)) {
          requireSameRequest(row.rotation_fingerprint, key.fingerprint);
          return rotated(row, true);
        }
        const keepsPrevious = row.previous_until !== undefined && Date.parse(row.previous_until) > now.getTime();
        const until = keepsPrevious ? row.previous_until : addSeconds(now, rotationHours * 3600).toISOString();
        const next: SecretRow = {
          ...row,
          secret,
          previous_secret: keepsPrevious ? row.previous_secret : row.secret,
          previous_until: until,
        };
        const expression =
          'SET secret = :secret, previous_secret = :previous, previous_until = :until, rotated_at = :now, updated_at = :now' +
          (key ? ', rotation_key = :key, rotation_fingerprint = :same' : ' REMOVE rotation_key, rotation_fingerprint');
        const set = {
          ':secret': secret,
          ':previous': next.previous_secret,
          ':until': until,
          ':now': now.toISOString(),
          ...(key && { ':key': key.hash, ':same': key.fingerprint }),
        };
        if (await write(tenantId, endpointId, row.secret, { expression, set })) return rotated(next, false);
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
     * @param by a fresh ULID of the call
     */
    async expirePrevious(
      tenantId: string,
      endpointId: string,
      { by, now }: { readonly by: string; readonly now: Date },
    ): Promise<Rotated['endpoint'] | undefined> {
      for (let tried = 0; tried < maxTries; tried += 1) {
        const row = await read(tenantId, endpointId);
        if (row?.previous_until === undefined) return row;
        const { previous_secret: _secret, previous_until: _until, ...rest } = row;
        const done = await write(tenantId, endpointId, row.secret, {
          expression: 'SET updated_at = :now, previous_expired_by = :by REMOVE previous_secret, previous_until',
          // So that `previous_expired_by` names the call that did it.
          condition: 'attribute_exists(previous_until)',
          set: { ':now': now.toISOString(), ':by': by },
        });
        if (done) return rest;
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
