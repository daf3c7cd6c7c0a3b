import * as z from 'zod/mini';
import type { Delivery } from '../../domain/delivery/delivery';
import { redeliver } from '../../domain/delivery/redeliver';
import { deliveryViewSchema, viewDelivery, type DeliveryView } from '../../domain/delivery/view';
import { notFound } from '../../domain/errors';
import { once } from '../../domain/once';
import { keyOf, replayedHeader } from '../../edge/http/idempotency-key';
import { parseBody } from '../../edge/http/parse-request';
import type { HttpReply } from '../../edge/http/request';
import type { Call, GuardedRoute } from '../../edge/http/route';
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
    idempotent: true,
    replies: { 202: deliveryViewSchema },
    errors: [
      'not_found',
      'invalid_request',
      'idempotency_in_progress',
      'idempotency_key_reused',
      'delivery_not_redeliverable',
      'rate_limited',
    ],
    act: async (call) => {
      const { tenantId } = call.caller;
      const [now, by] = [deps.now(), deps.newUlid()];
      const { done: delivery, replayed } = await deps.record(
        tenantId,
        () => redeliverOnce(deps, call, by, now),
        (made) =>
          made.replayed
            ? undefined
            : auditOf(call, { id: by, action: 'delivery.redelivered', target: made.done.id, at: now }),
      );
      return acceptedDelivery(viewDelivery(delivery, true), replayed);
    },
  };
}

function redeliverOnce(deps: RestApiDeps, call: Call, by: string, now: Date) {
  const { tenantId } = call.caller;
  const deliveryId = call.params['delivery_id'] ?? '';
  const replay = (id: string) => deliveryNow(deps, tenantId, id, now);
  return once<Delivery>(deps, tenantId, keyOf(call.request, 'redeliver', { deliveryId }), {
    id: by,
    now,
    replay,
    // Also when somebody else redelivered it since: it was sent once more after the request was made.
    find: async ({ holder = '' }) => {
      const isDone = await deps.deliveries.wasReopened(tenantId, deliveryId, holder);
      return isDone ? { done: await replay(deliveryId), result: deliveryId } : undefined;
    },
    begin: () => {
      parseBody(body, call.request.body);
      const id = deliveryIdOf(call);
      return async () => ({ done: await redeliver(deps, tenantId, id, { now, by }), result: id });
    },
  });
}

/** @throws ProductError `not_found` */
export async function deliveryNow(
  { deliveries }: Pick<RestApiDeps, 'deliveries'>,
  tenantId: string,
  id: string,
  now: Date,
): Promise<Delivery> {
  const delivery = await deliveries.state(tenantId, id, now);
  if (delivery === undefined) throw notFound('delivery');
  return delivery;
}

/** Most attempts have ended after this many seconds. */
export const pollAfterSeconds = 1;

/** A 202 for an attempt that was queued now, or by an earlier request with the same key. */
export function acceptedDelivery(delivery: DeliveryView, replayed: boolean): HttpReply {
  return {
    status: 202,
    headers: {
      location: `/api/v1/webhook-deliveries/${delivery.id}`,
      'retry-after': String(pollAfterSeconds),
      ...(replayed && replayedHeader),
    },
    body: delivery,
  };
}
