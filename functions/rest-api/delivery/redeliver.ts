import * as z from 'zod/mini';
import { redeliver } from '../../domain/delivery/redeliver';
import { deliveryViewSchema, viewDelivery, type DeliveryView } from '../../domain/delivery/view';
import { parseBody } from '../../edge/http/parse-request';
import type { HttpReply } from '../../edge/http/request';
import type { GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { deliveryIdOf } from '../path-ids';
import { changesEndpoints } from '../endpoint/may-change';

const body = z.strictObject({});

export function redeliverWebhook(deps: RestApiDeps): GuardedRoute {
  return {
    method: 'POST',
    path: '/api/v1/webhook-deliveries/{delivery_id}/redeliver',
    operationId: 'redeliverWebhook',
    summary: 'Send an ended delivery once more, with the same id and body',
    access: changesEndpoints,
    body,
    replies: { 202: deliveryViewSchema },
    errors: ['not_found', 'invalid_request', 'delivery_not_redeliverable', 'rate_limited'],
    act: async (call) => {
      const { tenantId } = call.caller;
      parseBody(body, call.request.body);
      const id = deliveryIdOf(call);
      const [now, by] = [deps.now(), deps.newUlid()];
      const delivery = await deps.record(
        tenantId,
        () => redeliver(deps, tenantId, id, { now, by }),
        () => auditOf(call, { id: by, action: 'delivery.redelivered', target: id, at: now }),
      );
      return acceptedDelivery(viewDelivery(delivery, true));
    },
  };
}

/** Most attempts have ended after this many seconds. */
export const pollAfterSeconds = 1;

/** A 202 for a queued attempt. */
export function acceptedDelivery(delivery: DeliveryView): HttpReply {
  return {
    status: 202,
    headers: { location: `/api/v1/webhook-deliveries/${delivery.id}`, 'retry-after': String(pollAfterSeconds) },
    body: delivery,
  };
}
