import * as z from 'zod/mini';
import { deliveryStatusSchema } from '../../domain/delivery/delivery';
import { listedDeliveryViewSchema, viewDelivery } from '../../domain/delivery/view';
import { invalidRequest } from '../../domain/errors';
import { documented } from '../../edge/http/documented';
import { listReply } from '../../edge/http/list-reply';
import { cursors, pageQuery, pageSchema } from '../../edge/http/page';
import { parseQuery } from '../../edge/http/parse-request';
import { queryId } from '../../edge/http/query-text';
import type { GuardedRoute } from '../../edge/http/route';
import type { RestApiDeps } from '../deps';
import { mayChangeEndpoints } from '../endpoint/may-change';

/** Recipes have at most 50 steps. */
const stepIndex = documented(
  z.pipe(
    z.string().check(z.regex(/^(\d|[1-4]\d)$/, 'Must be the index of a step: a whole number from 0 to 49.')),
    z.transform(Number),
  ),
  { type: 'integer', minimum: 0, maximum: 49 },
);

const query = z.strictObject({
  ...pageQuery,
  run_id: z.optional(queryId),
  step_index: z.optional(stepIndex),
  attempts: z.optional(z.enum(['true', 'false'])),
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
    replies: { 200: pageSchema(listedDeliveryViewSchema) },
    errors: ['invalid_request'],
    act: async ({ request, caller, tenant }) => {
      const { limit, cursor, ...wanted } = parseQuery(query, request.query);
      refuseWithoutRun(wanted);
      const { after, page } = cursors(await tenant(), 'webhook-deliveries', wanted);
      const paging = { limit, after: after(cursor), now: now() };
      const mayChange = mayChangeEndpoints(caller);
      const { run_id: runId, step_index: step, endpoint_id: endpointId, status } = wanted;
      if (runId === undefined) {
        const { deliveries, next } = await deliveryList.list(caller.tenantId, { endpointId, status }, paging);
        return listReply(
          request,
          page(
            deliveries.map((delivery) => viewDelivery(delivery, mayChange)),
            next,
          ),
        );
      }
      const run = await runs.get(caller.tenantId, runId);
      // A run that does not exist has no deliveries.
      if (run === undefined) return listReply(request, page([], undefined));
      const filters = { runUid: run.uid, stepIndex: step, endpointId, status };
      if (wanted.attempts === 'true') {
        const { deliveries, next } = await deliveryList.listWithAttempts(caller.tenantId, filters, paging);
        const views = deliveries.map((one) => ({ ...viewDelivery(one, mayChange), attempts: one.outlines }));
        return listReply(request, page(views, next));
      }
      const { deliveries, next } = await deliveryList.list(caller.tenantId, filters, paging);
      return listReply(
        request,
        page(
          deliveries.map((delivery) => viewDelivery(delivery, mayChange)),
          next,
        ),
      );
    },
  };
}

type Wanted = Pick<z.infer<typeof query>, 'run_id' | 'step_index' | 'attempts'>;

/** Steps belong to a run, and attempts are read together for one run only; elsewhere they would be read one by one. */
function refuseWithoutRun({ run_id: runId, step_index: step, attempts }: Wanted): void {
  if (runId !== undefined) return;
  const needing = [...(step === undefined ? [] : ['step_index']), ...(attempts === 'true' ? ['attempts'] : [])];
  if (needing.length > 0)
    throw invalidRequest(
      needing.map((parameter) => ({ parameter, code: 'needs_run_id', detail: 'Name a run with run_id, too.' })),
    );
}
