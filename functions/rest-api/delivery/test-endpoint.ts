import * as z from 'zod/mini';
import { sendTestEvent } from '../../domain/delivery/send-test';
import { deliveryViewSchema, viewDelivery } from '../../domain/delivery/view';
import { notFound } from '../../domain/errors';
import { countThisHour } from '../../domain/tenant/hourly';
import { webhookStepSchema } from '../../domain/workflow/recipe';
import { parseBody } from '../../edge/http/parse-request';
import type { GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { endpointIdOf } from '../path-ids';
import { acceptedDelivery } from './redeliver';
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
    errors: ['not_found', 'invalid_request', 'rate_limited'],
    act: async (call) => {
      const { tenantId } = call.caller;
      const { requestId, traceparent } = call.request;
      const { payload } = parseBody(testBodySchema, call.request.body);
      const endpoint = await deps.endpoints.get(tenantId, endpointIdOf(call));
      if (endpoint === undefined) throw notFound('endpoint');
      const [now, ulid] = [deps.now(), deps.newUlid()];
      await countThisHour(deps, tenantId, { name: 'webhook_tests_per_hour', wanted: 1, now });
      const origin = { request_id: requestId, traceparent };
      const delivery = await deps.record(
        tenantId,
        () => sendTestEvent(deps, tenantId, { endpoint, payload, ulid, origin, now }),
        ({ id }) =>
          auditOf(call, {
            id: ulid,
            action: 'endpoint.tested',
            target: endpoint.id,
            at: now,
            detail: { delivery: id },
          }),
      );
      return acceptedDelivery(viewDelivery(delivery, true));
    },
  };
}
