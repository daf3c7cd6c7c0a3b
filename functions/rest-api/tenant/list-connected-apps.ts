import * as z from 'zod/mini';
import { connectedAppViewSchema, viewConnectedApp } from '../../domain/tenant/connected-app';
import { listReply } from '../../edge/http/list-reply';
import { cursors, pageQuery, pageSchema } from '../../edge/http/page';
import { parseQuery } from '../../edge/http/parse-request';
import type { GuardedRoute } from '../../edge/http/route';
import type { RestApiDeps } from '../deps';

const query = z.strictObject(pageQuery);

export function listConnectedApps({ connectedApps, now }: Pick<RestApiDeps, 'connectedApps' | 'now'>): GuardedRoute {
  return {
    method: 'GET',
    path: '/api/v1/connected-apps',
    operationId: 'listConnectedApps',
    summary: 'List the apps that members approved for MCP, also those that no longer work, newest first',
    access: { scope: 'none', permission: 'viewer' },
    plan: 'any_in_dashboard',
    query,
    replies: { 200: pageSchema(connectedAppViewSchema) },
    errors: ['invalid_request'],
    act: async ({ request, caller, tenant }) => {
      const { limit, cursor } = parseQuery(query, request.query);
      const { after, page } = cursors(await tenant(), 'connected-apps', {});
      const { apps, next } = await connectedApps.page(caller.tenantId, limit, after(cursor));
      const at = now();
      return listReply(
        request,
        page(
          apps.map((app) => viewConnectedApp(app, at)),
          next,
        ),
      );
    },
  };
}
