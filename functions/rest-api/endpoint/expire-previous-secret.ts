import * as z from 'zod/mini';
import { endpointRevision } from '../../domain/endpoint/endpoint';
import { endpointViewSchema } from '../../domain/endpoint/view';
import { notFound } from '../../domain/errors';
import { requireExpected } from '../../domain/revision';
import { parseBody } from '../../edge/http/parse-request';
import type { GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { endpointIdOf } from '../path-ids';
import { changedEndpointReply } from './reply';
import { changesEndpoints } from './may-change';

const body = z.strictObject({});

type ExpireDeps = Pick<RestApiDeps, 'dailyCounts' | 'endpoints' | 'endpointSecrets' | 'record' | 'now' | 'newUlid'>;

export function expirePreviousSecret(deps: ExpireDeps): GuardedRoute {
  return {
    method: 'POST',
    path: '/api/v1/webhook-endpoints/{endpoint_id}/expire-previous-secret',
    operationId: 'expirePreviousSecret',
    summary: 'Let the replaced signing secret sign no longer, for example because it leaked',
    access: changesEndpoints,
    plan: 'any_in_dashboard',
    body,
    repeatable: true,
    takesIfMatch: true,
    tagged: true,
    replies: { 200: endpointViewSchema },
    errors: ['not_found', 'version_conflict', 'invalid_request', 'limit_reached'],
    act: async (call) => {
      const { tenantId } = call.caller;
      parseBody(body, call.request.body);
      const id = endpointIdOf(call);
      const before = await deps.endpoints.get(tenantId, id);
      if (before === undefined) throw notFound('endpoint');
      requireExpected(call.expected, endpointRevision(before));
      const now = deps.now();
      if (before.previous_until === undefined) return changedEndpointReply(before, now);
      await deps.dailyCounts.count(tenantId, 'changes_per_day', now);
      const action = 'endpoint.previous_secret_expired' as const;
      const after = await deps.record(
        tenantId,
        () => deps.endpointSecrets.expirePrevious(tenantId, id, now, call.expected),
        (done) => done && auditOf(call, { id: deps.newUlid(), action, target: id, at: now }),
      );
      if (after === undefined) throw notFound('endpoint');
      return changedEndpointReply(after, now);
    },
  };
}
