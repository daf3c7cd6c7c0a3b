import { announceDisabled } from '../../domain/delivery/announce';
import { endpointChanges } from '../../domain/endpoint/change-endpoint';
import { hostOf, writeAtHost } from '../../domain/endpoint/host-place';
import { endpointPatchSchema } from '../../domain/endpoint/endpoint';
import { endpointViewSchema, viewEndpoint } from '../../domain/endpoint/view';
import { notFound } from '../../domain/errors';
import { auditIds } from '../../domain/tenant/audit-ids';
import { parseBody } from '../../edge/http/parse-request';
import type { GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { endpointIdOf } from '../path-ids';
import { urlPolicyOf } from './url-policy';
import { changesEndpoints } from './may-change';

export function patchWebhookEndpoint(deps: RestApiDeps): GuardedRoute {
  return {
    method: 'PATCH',
    path: '/api/v1/webhook-endpoints/{endpoint_id}',
    operationId: 'patchWebhookEndpoint',
    summary: 'Change a webhook endpoint, or switch it off or on; what is absent stays',
    access: changesEndpoints,
    plan: 'any_in_dashboard',
    body: endpointPatchSchema,
    replies: { 200: endpointViewSchema },
    errors: ['not_found', 'invalid_request', 'endpoint_url_not_allowed', 'endpoint_limit_reached', 'limit_reached'],
    act: async (call) => {
      const { tenantId } = call.caller;
      const now = deps.now();
      const patch = parseBody(endpointPatchSchema, call.request.body);
      const before = await deps.endpoints.get(tenantId, endpointIdOf(call));
      if (before === undefined) throw notFound('endpoint');
      const changes = endpointChanges(before, patch, urlPolicyOf(call, deps), now);
      const update = () => deps.endpoints.update(tenantId, before.id, changes);
      const { url } = changes;
      const action =
        changes.status === undefined
          ? 'endpoint.updated'
          : changes.status === 'active'
            ? 'endpoint.enabled'
            : 'endpoint.disabled';
      const row = auditOf(call, {
        id: action === 'endpoint.disabled' ? auditIds.endpointDisabled(before.id, now.toISOString()) : deps.newUlid(),
        action,
        target: before.id,
        at: now,
        detail: { fields: Object.keys(patch).sort().join(' ') },
      });
      // Only an enabled endpoint is disabled, so disabling is bounded by enabling, and is never refused.
      if (action !== 'endpoint.disabled') await deps.dailyCounts.count(tenantId, 'changes_per_day', now);
      const after = await deps.record(
        tenantId,
        () =>
          url === undefined || hostOf(url) === hostOf(before.url)
            ? update()
            : writeAtHost(deps, tenantId, { id: before.id, url }, now, update),
        (updated) => updated && row,
      );
      if (after === undefined) throw notFound('endpoint');
      await announceDisabled(deps, tenantId, after, now);
      return { status: 200, body: viewEndpoint(after, now, true) };
    },
  };
}
