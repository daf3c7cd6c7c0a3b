import * as z from 'zod/mini';
import { redeliverFailed, type FailedSince, type RedeliveredFailed } from '../../domain/delivery/redeliver-failed';
import { once } from '../../domain/once';
import { keyOf, replayedHeader } from '../../edge/http/idempotency-key';
import { cursors, pageQuery } from '../../edge/http/page';
import { parseBody, parseQuery } from '../../edge/http/parse-request';
import { queryTime } from '../../edge/http/query-text';
import type { Call, GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { endpointIdOf } from '../path-ids';
import { pollAfterSeconds } from './redeliver';
import { changesEndpoints } from '../endpoint/may-change';

const query = z.strictObject({
  since: queryTime,
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

/** The answer of a confirmed call, as its claim holds it. */
const answerSchema = z.object({
  count: z.int(),
  redelivered: z.int(),
  next: z.optional(z.string()),
  left: z.int(),
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
    idempotent: true,
    errors: ['not_found', 'invalid_request', 'idempotency_in_progress', 'idempotency_key_reused', 'rate_limited'],
    act: async (call) => {
      const { tenantId } = call.caller;
      const [now, by] = [deps.now(), deps.newUlid()];
      const asked = parseQuery(query, call.request.query);
      const confirm = asked.confirm === 'true';
      const { after, page } = cursors(await call.tenant(), 'redeliver-failed', {
        endpointId: call.params['endpoint_id'] ?? '',
        since: asked.since,
      });
      const failed = { since: new Date(asked.since), after: after(asked.cursor), confirm, now, by };
      const { done, replayed } = await deps.record(
        tenantId,
        () => redeliverOnce(deps, call, failed),
        (made) =>
          confirm && !made.replayed
            ? auditOf(call, {
                id: by,
                action: 'delivery.redelivered',
                target: endpointIdOf(call),
                at: now,
                detail: { since: asked.since, redelivered: made.done.redelivered },
              })
            : undefined,
      );
      if (done.interruptedBy !== undefined) throw done.interruptedBy;
      const { has_more, next_cursor } = page([], done.next);
      return {
        status: confirm ? 202 : 200,
        headers: {
          ...(confirm && { 'retry-after': String(pollAfterSeconds) }),
          ...(replayed && replayedHeader),
        },
        body: { count: done.count, redelivered: done.redelivered, left_this_hour: done.left, has_more, next_cursor },
      };
    },
  };
}

/** Only counting needs no key. A claim holds the numbers of the answer, because nobody could count them again. */
function redeliverOnce(deps: RestApiDeps, call: Call, failed: Omit<FailedSince, 'endpointId' | 'notSince'>) {
  const { tenantId } = call.caller;
  const { confirm, since, after, now, by } = failed;
  const subject = { endpointId: call.params['endpoint_id'] ?? '', since: since.toISOString(), after };
  return once<RedeliveredFailed>(
    deps,
    tenantId,
    confirm ? keyOf(call.request, 'redeliver_failed', subject) : undefined,
    {
      id: by,
      now,
      replay: (result) => Promise.resolve(answerSchema.parse(JSON.parse(result))),
      // How far a request came that died is not known; `notSince` keeps what it redelivered from being sent once more.
      find: () => Promise.resolve(undefined),
      begin: () => {
        parseBody(body, call.request.body);
        const endpointId = endpointIdOf(call);
        return async (firstId) => {
          const done = await redeliverFailed(deps, tenantId, { ...failed, endpointId, notSince: firstId });
          const { interruptedBy, ...answer } = done;
          return { done, result: interruptedBy === undefined ? JSON.stringify(answer) : undefined };
        };
      },
    },
  );
}
