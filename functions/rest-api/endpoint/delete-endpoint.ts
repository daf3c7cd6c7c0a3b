import { notFound } from '../../domain/errors';
import type { GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { endpointIdOf } from '../path-ids';

export function deleteWebhookEndpoint({
  endpoints,
  audit,
  now,
}: Pick<RestApiDeps, 'endpoints' | 'audit' | 'now'>): GuardedRoute {
  return {
    method: 'DELETE',
    path: '/api/v1/webhook-endpoints/{endpoint_id}',
    operationId: 'deleteWebhookEndpoint',
    summary: 'Delete a webhook endpoint; its past deliveries stay listed, pending ones end as failed',
    access: { scope: 'webhooks:write', permission: 'manage_agents' },
    plan: 'any_in_dashboard',
    replies: { 204: null },
    errors: ['not_found'],
    act: async (call) => {
      const { tenantId } = call.caller;
      const id = endpointIdOf(call);
      if (!(await endpoints.delete(tenantId, id))) throw notFound('endpoint');
      await audit.append(tenantId, auditOf(call, 'endpoint.deleted', id, now()));
      return { status: 204 };
    },
  };
}
