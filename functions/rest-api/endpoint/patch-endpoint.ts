import { announceDisabled } from '../../domain/delivery/announce';
import { changeEndpoint, endpointChanges } from '../../domain/endpoint/change-endpoint';
import { endpointPatchSchema, endpointRevision, type Endpoint } from '../../domain/endpoint/endpoint';
import { endpointViewSchema } from '../../domain/endpoint/view';
import { notFound } from '../../domain/errors';
import { requireExpected } from '../../domain/revision';
import { auditIds } from '../../domain/tenant/audit-ids';
import { parseBody } from '../../edge/http/parse-request';
import type { GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { endpointIdOf } from '../path-ids';
import { changedEndpointReply } from './reply';
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
    takesIfMatch: true,
    tagged: true,
    replies: { 200: endpointViewSchema },
    errors: [
      'not_found',
      'version_conflict',
      'invalid_request',
      'endpoint_url_not_allowed',
      'endpoint_limit_reached',
      'limit_reached',
    ],
    act: async (call) => {
      const { tenantId } = call.caller;
      const now = deps.now();
      const patch = parseBody(endpointPatchSchema, call.request.body);
      const before = await deps.endpoints.get(tenantId, endpointIdOf(call));
      if (before === undefined) throw notFound('endpoint');
      // Judged before anything is counted, and again by the write itself.
      requireExpected(call.expected, endpointRevision(before));
      const policy = urlPolicyOf(call, deps);
      const decide = (endpoint: Endpoint) => endpointChanges(endpoint, patch, policy, now);
      // Only an enabled endpoint is disabled, so disabling is bounded by enabling, and is never refused.
      if (decide(before).status !== 'disabled') await deps.dailyCounts.count(tenantId, 'changes_per_day', now);
      const changed = await deps.record(
        tenantId,
        () => changeEndpoint(deps, tenantId, before, decide, now, call.expected),
        (done) => {
          if (done === undefined) return undefined;
          const { after, changes } = done;
          const disabledAt = changes.disabled_at ?? undefined;
          return auditOf(call, {
            id: disabledAt === undefined ? deps.newUlid() : auditIds.endpointDisabled(before.id, disabledAt),
            action: actionOf(changes),
            target: before.id,
            at: new Date(after.updated_at),
            detail: { fields: Object.keys(patch).sort().join(' ') },
          });
        },
      );
      if (changed === undefined) throw notFound('endpoint');
      const { after } = changed;
      await announceDisabled(deps, tenantId, after, now);
      return changedEndpointReply(after, now);
    },
  };
}

function actionOf({ status }: Partial<Endpoint>) {
  if (status === undefined) return 'endpoint.updated';
  return status === 'active' ? 'endpoint.enabled' : 'endpoint.disabled';
}
