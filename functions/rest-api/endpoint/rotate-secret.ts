import * as z from 'zod/mini';
import { endpointRevision, rotationHours } from '../../domain/endpoint/endpoint';
import { newSigningSecret, ownSecretSchema } from '../../domain/endpoint/signature';
import { endpointWithSecretSchema } from '../../domain/endpoint/view';
import { invalidRequest, notFound } from '../../domain/errors';
import { fingerprint, hashKey } from '../../domain/idempotency';
import { requireExpected } from '../../domain/revision';
import { auditIds } from '../../domain/tenant/audit-ids';
import { idempotencyKeyOf, parseBody } from '../../edge/http/parse-request';
import type { GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { endpointIdOf } from '../path-ids';
import { secretReply } from './reply';
import { changesEndpoints } from './may-change';

export const rotateBodySchema = z.strictObject({ secret: z.optional(ownSecretSchema) });

type RotateDeps = Pick<RestApiDeps, 'dailyCounts' | 'endpoints' | 'endpointSecrets' | 'record' | 'now'>;

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
    errors: ['not_found', 'version_conflict', 'invalid_request', 'idempotency_key_reused', 'limit_reached'],
    act: async (call) => {
      const { tenantId } = call.caller;
      const { secret = newSigningSecret() } = parseBody(rotateBodySchema, call.request.body);
      const { key, faults } = idempotencyKeyOf(call.request);
      if (faults.length > 0) throw invalidRequest(faults);
      const id = endpointIdOf(call);
      const before = await deps.endpoints.get(tenantId, id);
      if (before === undefined) throw notFound('endpoint');
      // With a key, the call may repeat one that was made, so only the rotation itself can judge it.
      if (key === undefined) requireExpected(call.expected, endpointRevision(before));
      const now = deps.now();
      await deps.dailyCounts.count(tenantId, 'changes_per_day', now);
      const row = auditOf(call, {
        id: auditIds.secretRotated(id, now.toISOString()),
        action: 'endpoint.secret_rotated',
        target: id,
        at: now,
      });
      const inUse = key === undefined ? undefined : keyInUse(key, id, call.request.body);
      const rotated = await deps.record(
        tenantId,
        () => deps.endpointSecrets.rotate(tenantId, id, { secret, key: inUse, now, expected: call.expected }),
        (done) => (done === undefined || done.replayed ? undefined : row),
      );
      if (rotated === undefined) throw notFound('endpoint');
      const reply = secretReply(rotated.endpoint, now, rotated.secret);
      return rotated.replayed ? { ...reply, headers: { 'idempotent-replayed': 'true' } } : reply;
    },
  };
}

function keyInUse(key: string, endpointId: string, sent: unknown) {
  return { hash: hashKey(key), fingerprint: fingerprint('rotate_secret', { endpointId, sent: sent ?? {} }) };
}
