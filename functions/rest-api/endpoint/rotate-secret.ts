import * as z from 'zod/mini';
import { rotationHours } from '../../domain/endpoint/endpoint';
import { newSigningSecret } from '../../domain/endpoint/signature';
import { endpointWithSecretSchema, viewEndpoint } from '../../domain/endpoint/view';
import { notFound, ProductError } from '../../domain/errors';
import { auditIds } from '../../domain/tenant/audit-ids';
import { parseBody } from '../../edge/http/parse-request';
import type { GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { endpointIdOf } from '../path-ids';
import { changesEndpoints } from './may-change';

const body = z.strictObject({});

export function rotateWebhookSecret({
  endpoints,
  record,
  now,
}: Pick<RestApiDeps, 'endpoints' | 'record' | 'now'>): GuardedRoute {
  return {
    method: 'POST',
    path: '/api/v1/webhook-endpoints/{endpoint_id}/rotate-secret',
    operationId: 'rotateWebhookSecret',
    summary: `Make a new signing secret; for ${rotationHours} hours the old one signs too`,
    access: changesEndpoints,
    plan: 'any_in_dashboard',
    body,
    replies: { 200: endpointWithSecretSchema },
    errors: ['not_found', 'invalid_request', 'rotation_in_progress'],
    act: async (call) => {
      const { tenantId } = call.caller;
      parseBody(body, call.request.body);
      const endpoint = await endpoints.get(tenantId, endpointIdOf(call));
      if (endpoint === undefined) throw notFound('endpoint');
      const secret = newSigningSecret();
      const at = now();
      const row = auditOf(call, {
        id: auditIds.secretRotated(endpoint.id, at.toISOString()),
        action: 'endpoint.secret_rotated',
        target: endpoint.id,
        at,
      });
      const isRotated = await record(
        tenantId,
        () => endpoints.rotateSecret(tenantId, endpoint.id, secret, at),
        (rotated) => (rotated ? row : undefined),
      );
      if (!isRotated) {
        throw new ProductError(
          'rotation_in_progress',
          `The secret was rotated in the last ${rotationHours} hours, and the one before it still signs; rotate again after that.`,
        );
      }
      return { status: 200, body: { ...viewEndpoint(endpoint, now(), true), secret } };
    },
  };
}
