import { endpointViewSchema } from '../../domain/endpoint/view';
import { notFound } from '../../domain/errors';
import type { GuardedRoute } from '../../edge/http/route';
import type { RestApiDeps } from '../deps';
import { endpointIdOf } from '../path-ids';
import { endpointReply } from './reply';
import { mayChangeEndpoints } from './may-change';

export function getWebhookEndpoint({ endpoints, now }: Pick<RestApiDeps, 'endpoints' | 'now'>): GuardedRoute {
  return {
    method: 'GET',
    path: '/api/v1/webhook-endpoints/{endpoint_id}',
    operationId: 'getWebhookEndpoint',
    summary: 'Read a webhook endpoint',
    access: { scope: 'webhooks:read', permission: 'viewer' },
    plan: 'any_in_dashboard',
    replies: { 200: endpointViewSchema },
    errors: ['not_found'],
    act: async (call) => {
      const endpoint = await endpoints.get(call.caller.tenantId, endpointIdOf(call));
      if (endpoint === undefined) throw notFound('endpoint');
      return endpointReply(endpoint, now(), mayChangeEndpoints(call.caller));
    },
  };
}
