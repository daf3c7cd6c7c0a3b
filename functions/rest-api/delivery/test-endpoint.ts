import * as z from 'zod/mini';
import type { Delivery } from '../../domain/delivery/delivery';
import { deliveryIdOf, testEventId } from '../../domain/delivery/ids';
import { sendTestEvent } from '../../domain/delivery/send-test';
import { deliveryViewSchema, viewDelivery } from '../../domain/delivery/view';
import { notFound } from '../../domain/errors';
import { once } from '../../domain/once';
import { countThisHour } from '../../domain/tenant/hourly';
import { webhookStepSchema } from '../../domain/workflow/recipe';
import { keyOf } from '../../edge/http/idempotency-key';
import { parseBody } from '../../edge/http/parse-request';
import type { Call, GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { endpointIdOf } from '../path-ids';
import { acceptedDelivery, deliveryNow } from './redeliver';
import { changesEndpoints } from '../endpoint/may-change';

/** A payload within the limits of a recipe. */
export const testBodySchema = z.strictObject({ payload: webhookStepSchema.shape.payload });

export function testWebhookEndpoint(deps: RestApiDeps): GuardedRoute {
  return {
    method: 'POST',
    path: '/api/v1/webhook-endpoints/{endpoint_id}/test',
    operationId: 'testWebhookEndpoint',
    summary: 'Send an endpoint.test event, once; if it is delivered, a disabled endpoint is active again',
    access: changesEndpoints,
    body: testBodySchema,
    replies: { 202: deliveryViewSchema },
    idempotent: true,
    errors: ['not_found', 'invalid_request', 'idempotency_in_progress', 'idempotency_key_reused', 'rate_limited'],
    act: async (call) => {
      const { tenantId } = call.caller;
      const [now, ulid] = [deps.now(), deps.newUlid()];
      const { done: delivery, replayed } = await deps.record(
        tenantId,
        () => testOnce(deps, call, ulid, now),
        (made) =>
          made.replayed
            ? undefined
            : auditOf(call, {
                id: ulid,
                action: 'endpoint.tested',
                target: made.done.endpoint_id,
                at: now,
                detail: { delivery: made.done.id },
              }),
      );
      return acceptedDelivery(viewDelivery(delivery, true), replayed);
    },
  };
}

function testOnce(deps: RestApiDeps, call: Call, ulid: string, now: Date) {
  const { tenantId } = call.caller;
  const endpointId = call.params['endpoint_id'] ?? '';
  return once<Delivery>(deps, tenantId, keyOf(call.request, 'test_endpoint', { endpointId }), {
    id: ulid,
    now,
    replay: (id) => deliveryNow(deps, tenantId, id, now),
    // The delivery's id follows from that of the event, and the event's from the request that made it.
    find: async ({ holder = '' }) => {
      const id = deliveryIdOf(testEventId(holder), endpointId);
      const delivery = await deps.deliveries.state(tenantId, id, now);
      return delivery && { done: delivery, result: id };
    },
    begin: async () => {
      const { payload } = parseBody(testBodySchema, call.request.body);
      const endpoint = await deps.endpoints.get(tenantId, endpointIdOf(call));
      if (endpoint === undefined) throw notFound('endpoint');
      return async () => {
        await countThisHour(deps, tenantId, { name: 'webhook_tests_per_hour', wanted: 1, now });
        const origin = { request_id: call.request.requestId, traceparent: call.request.traceparent };
        const delivery = await sendTestEvent(deps, tenantId, { endpoint, payload, ulid, origin, now });
        return { done: delivery, result: delivery.id };
      };
    },
  });
}
