import * as z from 'zod/mini';
import { deliveryStatusSchema } from '../../domain/delivery/delivery';
import { deliveryViewSchema, viewDelivery } from '../../domain/delivery/view';
import { listReply } from '../../edge/http/list-reply';
import { cursors, pageQuery, pageSchema } from '../../edge/http/page';
import { parseQuery } from '../../edge/http/parse-request';
import { queryId } from '../../edge/http/query-text';
import type { GuardedRoute } from '../../edge/http/route';
import type { RestApiDeps } from '../deps';
import { mayChangeEndpoints } from '../endpoint/may-change';

const query = z.strictObject({
  ...pageQuery,
  run_id: z.optional(queryId),
  endpoint_id: z.optional(z.string().check(z.maxLength(100))),
  status: z.optional(deliveryStatusSchema),
});

type ListDeps = Pick<RestApiDeps, 'deliveryList' | 'runs' | 'now'>;

export function listWebhookDeliveries({ deliveryList, runs, now }: ListDeps): GuardedRoute {
  return {
    method: 'GET',
    path: '/api/v1/webhook-deliveries',
    operationId: 'listWebhookDeliveries',
    summary: 'List webhook deliveries of the last 90 days, newest run first',
    access: { scope: 'webhooks:read', permission: 'viewer' },
    plan: 'any_in_dashboard',
    query,
    replies: { 200: pageSchema(deliveryViewSchema) },
    errors: ['invalid_request'],
    act: async ({ request, caller, tenant }) => {
      const { limit, cursor, ...wanted } = parseQuery(query, request.query);
      const { after, page } = cursors(await tenant(), 'webhook-deliveries', wanted);
      const continued = after(cursor);
      const run = wanted.run_id === undefined ? undefined : await runs.get(caller.tenantId, wanted.run_id);
      // A run that does not exist has no deliveries.
      if (wanted.run_id !== undefined && run === undefined) return listReply(request, page([], undefined));
      const filters = { runUid: run?.uid, endpointId: wanted.endpoint_id, status: wanted.status };
      const { deliveries, next } = await deliveryList.list(caller.tenantId, filters, {
        limit,
        after: continued,
        now: now(),
      });
      return listReply(
        request,
        page(
          deliveries.map((delivery) => viewDelivery(delivery, mayChangeEndpoints(caller))),
          next,
        ),
      );
    },
  };
}
