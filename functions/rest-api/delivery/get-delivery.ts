import { eventIdOf } from '../../domain/delivery/ids';
import { deliveryDetailViewSchema, viewDeliveryDetail } from '../../domain/delivery/view';
import { notFound } from '../../domain/errors';
import type { GuardedRoute } from '../../edge/http/route';
import type { RestApiDeps } from '../deps';
import { mayChangeEndpoints } from '../endpoint/may-change';
import { deliveryIdOf } from '../path-ids';

export function getWebhookDelivery({
  deliveries,
  events,
  now,
}: Pick<RestApiDeps, 'deliveries' | 'events' | 'now'>): GuardedRoute {
  return {
    method: 'GET',
    path: '/api/v1/webhook-deliveries/{delivery_id}',
    operationId: 'getWebhookDelivery',
    summary:
      'Read a delivery with every attempt, the exact body and headers, and a command that verifies its signature',
    access: { scope: 'webhooks:read', permission: 'viewer' },
    plan: 'any_in_dashboard',
    replies: { 200: deliveryDetailViewSchema },
    errors: ['not_found'],
    act: async (call) => {
      const { tenantId } = call.caller;
      const id = deliveryIdOf(call);
      const [delivery, event] = await Promise.all([
        deliveries.get(tenantId, id, now()),
        events.get(tenantId, eventIdOf(id)),
      ]);
      if (delivery === undefined || event === undefined) throw notFound('delivery');
      return { status: 200, body: viewDeliveryDetail(delivery, event, mayChangeEndpoints(call.caller)) };
    },
  };
}
