import * as z from 'zod/mini';
import { tokenViewSchema, viewToken } from '../../domain/tenant/issue-token';
import { listReply } from '../../edge/http/list-reply';
import { cursors, pageQuery, pageSchema } from '../../edge/http/page';
import { parseQuery } from '../../edge/http/parse-request';
import type { GuardedRoute } from '../../edge/http/route';
import type { RestApiDeps } from '../deps';

const query = z.strictObject(pageQuery);

export function listTokens({ tokens, now }: Pick<RestApiDeps, 'tokens' | 'now'>): GuardedRoute {
  return {
    method: 'GET',
    path: '/api/v1/tokens',
    operationId: 'listTokens',
    summary: 'List access tokens, also those that no longer work, newest first',
    access: { scope: 'none', permission: 'viewer' },
    plan: 'any_in_dashboard',
    query,
    replies: { 200: pageSchema(tokenViewSchema) },
    errors: ['invalid_request'],
    act: async ({ request, caller, tenant }) => {
      const { limit, cursor } = parseQuery(query, request.query);
      const { after, page } = cursors(await tenant(), 'tokens', {});
      const { tokens: found, next } = await tokens.page(caller.tenantId, limit, after(cursor));
      const at = now();
      return listReply(
        request,
        page(
          found.map((token) => viewToken(token, at)),
          next,
        ),
      );
    },
  };
}
