import { createEndpoint, factsOfEndpoint } from '../../domain/endpoint/create-endpoint';
import { endpointWriteSchema } from '../../domain/endpoint/endpoint';
import { newEndpointId } from '../../domain/endpoint/id';
import { endpointWithSecretSchema } from '../../domain/endpoint/view';
import { faultsFrom } from '../../domain/faults';
import { auditIds } from '../../domain/tenant/audit-ids';
import { idempotencyKeyOf, replayedHeader } from '../../edge/http/idempotency-key';
import type { GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { endpointPath, secretReply } from './reply';
import { urlPolicyOf } from './url-policy';
import { changesEndpoints } from './may-change';

export function createWebhookEndpoint(deps: RestApiDeps): GuardedRoute {
  return {
    method: 'POST',
    path: '/api/v1/webhook-endpoints',
    operationId: 'createWebhookEndpoint',
    summary: 'Register a webhook endpoint; the answer holds its signing secret, this once',
    access: changesEndpoints,
    plan: 'any_in_dashboard',
    body: endpointWriteSchema,
    idempotent: true,
    tagged: true,
    replies: { 201: endpointWithSecretSchema },
    errors: [
      'idempotency_in_progress',
      'idempotency_key_reused',
      'invalid_request',
      'endpoint_url_not_allowed',
      'endpoint_limit_reached',
      'limit_reached',
      // The endpoint that an earlier request with this key made was deleted since.
      'not_found',
    ],
    act: async (call) => {
      const { tenantId } = call.caller;
      const { body } = call.request;
      const { key } = idempotencyKeyOf(call.request);
      const parsed = endpointWriteSchema.safeParse(body, { reportInput: true });
      const command = {
        tenantId,
        body,
        write: parsed.data,
        faults: faultsFrom(parsed.error?.issues ?? []),
        idempotencyKey: key,
        policy: urlPolicyOf(call, deps),
      };
      const created = await deps.record(
        tenantId,
        () => createEndpoint({ ...deps, endpoints: counted(deps), newEndpointId }, command),
        ({ endpoint: { id, created_at: at, url }, replayed }) =>
          replayed
            ? undefined
            : auditOf(call, {
                id: auditIds.endpointCreated(id, at),
                action: 'endpoint.created',
                target: id,
                at: new Date(at),
                detail: factsOfEndpoint({ url }),
              }),
      );
      const { endpoint, secret, replayed } = created;
      const reply = secretReply(endpoint, deps.now(), secret);
      const headers = { ...reply.headers, location: endpointPath(endpoint), ...(replayed && replayedHeader) };
      return { ...reply, status: 201, headers };
    },
  };
}

/** The store of endpoints; creating one counts as a change of the day, which a replay or a refused request is not. */
function counted({ endpoints, dailyCounts }: RestApiDeps): RestApiDeps['endpoints'] {
  return {
    ...endpoints,
    async create(tenantId, endpoint, kept, now) {
      await dailyCounts.count(tenantId, 'changes_per_day', now);
      return endpoints.create(tenantId, endpoint, kept, now);
    },
  };
}
