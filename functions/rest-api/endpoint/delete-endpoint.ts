import { deleteEndpoint } from '../../domain/endpoint/delete-endpoint';
import { notFound } from '../../domain/errors';
import type { GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { endpointIdOf } from '../path-ids';
import { changesEndpoints } from './may-change';

export function deleteWebhookEndpoint(
  deps: Pick<RestApiDeps, 'endpoints' | 'claims' | 'record' | 'now' | 'newUlid'>,
): GuardedRoute {
  return {
    method: 'DELETE',
    path: '/api/v1/webhook-endpoints/{endpoint_id}',
    operationId: 'deleteWebhookEndpoint',
    summary: 'Delete a webhook endpoint; its past deliveries stay listed, pending ones end as failed',
    access: changesEndpoints,
    plan: 'any_in_dashboard',
    takesIfMatch: true,
    replies: { 204: null },
    errors: ['not_found', 'version_conflict', 'invalid_request'],
    act: async (call) => {
      const { tenantId } = call.caller;
      const id = endpointIdOf(call);
      const row = auditOf(call, { id: deps.newUlid(), action: 'endpoint.deleted', target: id, at: deps.now() });
      const isDeleted = await deps.record(
        tenantId,
        () => deleteEndpoint(deps, tenantId, id, call.expected),
        (deleted) => (deleted ? row : undefined),
      );
      if (!isDeleted) throw notFound('endpoint');
      return { status: 204 };
    },
  };
}
