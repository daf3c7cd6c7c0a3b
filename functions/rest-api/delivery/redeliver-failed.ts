import * as z from 'zod/mini';
import { redeliverFailed } from '../../domain/delivery/redeliver-failed';
import { cursors, pageQuery } from '../../edge/http/page';
import { parseBody, parseQuery } from '../../edge/http/parse-request';
import { queryTime } from '../../edge/http/query-text';
import type { GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { endpointIdOf } from '../path-ids';
import { pollAfterSeconds } from './redeliver';
import { changesEndpoints } from '../endpoint/may-change';

const query = z.strictObject({
  since: queryTime('Only deliveries created at this time or later.'),
  confirm: z.optional(z.enum(['true', 'false'])),
  cursor: pageQuery.cursor,
});
const body = z.strictObject({});
export const redeliveredFailedSchema = z.object({
  /** The failed and blocked deliveries that were found, at most 1,000 in one call. */
  count: z.int(),
  /** The deliveries that this call queued, at ten a second; 0 without `confirm=true`. */
  redelivered: z.int(),
  /** How many more this tenant may redeliver before the next hour begins. */
  left_this_hour: z.int(),
  has_more: z.boolean(),
  next_cursor: z.nullable(z.string()),
});

export function redeliverFailedWebhooks(deps: RestApiDeps): GuardedRoute {
  return {
    method: 'POST',
    path: '/api/v1/webhook-endpoints/{endpoint_id}/redeliver-failed',
    operationId: 'redeliverFailedWebhooks',
    summary: 'Count the failed and blocked deliveries created since a time; with confirm=true also redeliver them',
    access: changesEndpoints,
    query,
    body,
    replies: { 200: redeliveredFailedSchema, 202: redeliveredFailedSchema },
    errors: ['not_found', 'invalid_request', 'rate_limited'],
    act: async (call) => {
      const { tenantId } = call.caller;
      parseBody(body, call.request.body);
      const { since, confirm, cursor } = parseQuery(query, call.request.query);
      const endpointId = endpointIdOf(call);
      const { after, page } = cursors(await call.tenant(), 'redeliver-failed', { endpointId, since });
      const confirmed = confirm === 'true';
      const [now, by] = [deps.now(), deps.newUlid()];
      const failed = { endpointId, since: new Date(since), after: after(cursor), confirm: confirmed, now, by };
      const done = await deps.record(
        tenantId,
        () => redeliverFailed(deps, tenantId, failed),
        ({ redelivered }) =>
          confirmed
            ? auditOf(call, {
                id: by,
                action: 'delivery.redelivered',
                target: endpointId,
                at: now,
                detail: { since, redelivered },
              })
            : undefined,
      );
      if (done.interruptedBy !== undefined) throw done.interruptedBy;
      const { has_more, next_cursor } = page([], done.next);
      return {
        status: confirmed ? 202 : 200,
        ...(confirmed && { headers: { 'retry-after': String(pollAfterSeconds) } }),
        body: { count: done.count, redelivered: done.redelivered, left_this_hour: done.left, has_more, next_cursor },
      };
    },
  };
}
