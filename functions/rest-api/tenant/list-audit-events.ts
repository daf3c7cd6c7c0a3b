import * as z from 'zod/mini';
import { auditEventSchema } from '../../domain/tenant/audit';
import { listReply } from '../../edge/http/list-reply';
import { cursors, pageQuery, pageSchema } from '../../edge/http/page';
import { parseQuery } from '../../edge/http/parse-request';
import type { GuardedRoute } from '../../edge/http/route';
import type { RestApiDeps } from '../deps';

const query = z.strictObject(pageQuery);

export function listAuditEvents({ audit }: Pick<RestApiDeps, 'audit'>): GuardedRoute {
  return {
    method: 'GET',
    path: '/api/v1/audit-events',
    operationId: 'listAuditEvents',
    summary: 'List changes: who made which, when and through which door; newest first',
    access: { scope: 'workflows:read', permission: 'viewer' },
    plan: 'any_in_dashboard',
    query,
    replies: { 200: pageSchema(auditEventSchema) },
    errors: ['invalid_request'],
    act: async ({ request, caller, tenant }) => {
      const { limit, cursor } = parseQuery(query, request.query);
      const { after, page } = cursors(await tenant(), 'audit-events', {});
      const { events, next } = await audit.list(caller.tenantId, limit, after(cursor));
      return listReply(request, page(events, next));
    },
  };
}
