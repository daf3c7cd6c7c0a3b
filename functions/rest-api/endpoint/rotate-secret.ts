import * as z from 'zod/mini';
import { endpointRevision, rotationHours } from '../../domain/endpoint/endpoint';
import type { LastRotation, Rotated } from '../../domain/endpoint/rotate-secret';
import { newSigningSecret, ownSecretSchema } from '../../domain/endpoint/signature';
import { endpointWithSecretSchema } from '../../domain/endpoint/view';
import { notFound } from '../../domain/errors';
import { keyInUse, takenAt, type KeyInUse } from '../../domain/idempotency';
import { once } from '../../domain/once';
import { requireExpected } from '../../domain/revision';
import { auditIds } from '../../domain/tenant/audit-ids';
import { idempotencyKeyOf, replayedHeader } from '../../edge/http/idempotency-key';
import { parseBody } from '../../edge/http/parse-request';
import type { Call, GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { endpointIdOf } from '../path-ids';
import { secretReply } from './reply';
import { changesEndpoints } from './may-change';

export const rotateBodySchema = z.strictObject({ secret: z.optional(ownSecretSchema) });

type RotateDeps = Pick<
  RestApiDeps,
  'claims' | 'dailyCounts' | 'endpoints' | 'endpointSecrets' | 'record' | 'now' | 'newUlid'
>;

export function rotateWebhookSecret(deps: RotateDeps): GuardedRoute {
  return {
    method: 'POST',
    path: '/api/v1/webhook-endpoints/{endpoint_id}/rotate-secret',
    operationId: 'rotateWebhookSecret',
    summary: `Replace the signing secret; for ${rotationHours} hours the replaced one signs too`,
    access: changesEndpoints,
    plan: 'any_in_dashboard',
    body: rotateBodySchema,
    idempotent: true,
    takesIfMatch: true,
    tagged: true,
    replies: { 200: endpointWithSecretSchema },
    errors: [
      'not_found',
      'version_conflict',
      'invalid_request',
      'idempotency_in_progress',
      'idempotency_key_reused',
      'limit_reached',
    ],
    act: async (call) => {
      const { tenantId } = call.caller;
      const id = call.params['endpoint_id'] ?? '';
      const key = keyInUse(idempotencyKeyOf(call.request).key, 'rotate_secret', {
        endpointId: id,
        sent: call.request.body ?? {},
      });
      const now = deps.now();
      const rotated = await deps.record(
        tenantId,
        () => rotateOnce(deps, call, key, now),
        ({ replayed, endpoint: { updated_at: rotatedAt } }) =>
          replayed
            ? undefined
            : auditOf(call, {
                id: auditIds.secretRotated(id, rotatedAt),
                action: 'endpoint.secret_rotated',
                target: id,
                at: new Date(rotatedAt),
              }),
      );
      const reply = secretReply(rotated.endpoint, now, rotated.secret);
      return rotated.replayed ? { ...reply, headers: { ...reply.headers, ...replayedHeader } } : reply;
    },
  };
}

/** A rotation, and its secret unless another rotation has replaced it since. */
type Rotation = Omit<Rotated, 'secret'> & { readonly secret: string | undefined };

async function rotateOnce(deps: RotateDeps, call: Call, key: KeyInUse | undefined, now: Date): Promise<Rotation> {
  const { tenantId } = call.caller;
  const id = call.params['endpoint_id'] ?? '';
  const last = async (): Promise<LastRotation> => {
    const rotation = key && (await deps.endpointSecrets.lastRotation(tenantId, id, key.hash));
    if (rotation === undefined) throw notFound('endpoint');
    return rotation;
  };
  const { done, replayed } = await once<Rotation>(deps, tenantId, key, {
    id: deps.newUlid(),
    now,
    replay: async () => ({ ...(await last()), replayed: true }),
    // Also when somebody else rotated since: to rotate once more would end the secret that they were shown.
    find: async (claim) => {
      const rotation = await last();
      const isDone = rotation.at !== undefined && new Date(rotation.at) >= takenAt(claim);
      return isDone ? { done: { ...rotation, replayed: true }, result: id } : undefined;
    },
    begin: async () => {
      const { secret = newSigningSecret() } = parseBody(rotateBodySchema, call.request.body);
      const before = await deps.endpoints.get(tenantId, endpointIdOf(call));
      if (before === undefined) throw notFound('endpoint');
      // With a key, the call may repeat one that an earlier release made, so only the rotation itself can judge it.
      if (key === undefined) requireExpected(call.expected, endpointRevision(before));
      return async () => {
        await deps.dailyCounts.count(tenantId, 'changes_per_day', now);
        const rotated = await deps.endpointSecrets.rotate(tenantId, id, { secret, key, now, expected: call.expected });
        if (rotated === undefined) throw notFound('endpoint');
        return { done: rotated, result: id };
      };
    },
  });
  return { ...done, replayed: replayed || done.replayed };
}
