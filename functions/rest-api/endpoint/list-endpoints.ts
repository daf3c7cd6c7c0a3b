import * as z from 'zod/mini';
import { endpointViewSchema, viewEndpoint } from '../../domain/endpoint/view';
import { listReply } from '../../edge/http/list-reply';
import { cursors, pageQuery, pageSchema } from '../../edge/http/page';
import { parseQuery } from '../../edge/http/parse-request';
import type { GuardedRoute } from '../../edge/http/route';
import type { RestApiDeps } from '../deps';
import { mayChangeEndpoints } from './may-change';

const query = z.strictObject(pageQuery);

export function listWebhookEndpoints({ endpoints, now }: Pick<RestApiDeps, 'endpoints' | 'now'>): GuardedRoute {
  return {
    method: 'GET',
    path: '/api/v1/webhook-endpoints',
    operationId: 'listWebhookEndpoints',
    summary: 'List webhook endpoints, newest first',
    access: { scope: 'webhooks:read', permission: 'viewer' },
    plan: 'any_in_dashboard',
    query,
    replies: { 200: pageSchema(endpointViewSchema) },
    errors: ['invalid_request'],
    act: async ({ request, caller, tenant }) => {
      const { limit, cursor } = parseQuery(query, request.query);
      const { after, page } = cursors(await tenant(), 'webhook-endpoints', {});
      const continued = after(cursor);
      // A tenant has few endpoints (domain/tenant/limits.ts: 50, or at most 100 if an operator allows it), so all are
      // read and the page is cut here. The cursor works even if its endpoint was deleted since.
      const rest = (await endpoints.list(caller.tenantId)).filter(
        (endpoint) => continued === undefined || placeOf(endpoint) < continued,
      );
      const shown = rest.slice(0, limit);
      const last = shown.at(-1);
      return listReply(
        request,
        page(
          shown.map((endpoint) => viewEndpoint(endpoint, now(), mayChangeEndpoints(caller))),
          last !== undefined && rest.length > shown.length ? placeOf(last) : undefined,
        ),
      );
    },
  };
}

function placeOf({ created_at, id }: { created_at: string; id: string }): string {
  return `${created_at} ${id}`;
}
