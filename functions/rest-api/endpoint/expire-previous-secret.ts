import * as z from 'zod/mini';
import { endpointRevision, type Endpoint } from '../../domain/endpoint/endpoint';
import { endpointViewSchema } from '../../domain/endpoint/view';
import { notFound } from '../../domain/errors';
import { once } from '../../domain/once';
import { requireExpected } from '../../domain/revision';
import { keyOf, replayedHeader } from '../../edge/http/idempotency-key';
import { parseBody } from '../../edge/http/parse-request';
import type { Call, GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';
import { endpointIdOf } from '../path-ids';
import { changedEndpointReply } from './reply';
import { changesEndpoints } from './may-change';

const body = z.strictObject({});

type ExpireDeps = Pick<
  RestApiDeps,
  'claims' | 'dailyCounts' | 'endpoints' | 'endpointSecrets' | 'record' | 'now' | 'newUlid'
>;

export function expirePreviousSecret(deps: ExpireDeps): GuardedRoute {
  return {
    method: 'POST',
    path: '/api/v1/webhook-endpoints/{endpoint_id}/expire-previous-secret',
    operationId: 'expirePreviousSecret',
    summary: 'Let the replaced signing secret sign no longer, for example because it leaked',
    access: changesEndpoints,
    plan: 'any_in_dashboard',
    body,
    idempotent: true,
    takesIfMatch: true,
    tagged: true,
    replies: { 200: endpointViewSchema },
    errors: [
      'not_found',
      'version_conflict',
      'invalid_request',
      'idempotency_in_progress',
      'idempotency_key_reused',
      'limit_reached',
    ],
    act: async (call) => {
      const { tenantId } = call.caller;
      const [now, by] = [deps.now(), deps.newUlid()];
      const { done, replayed } = await deps.record(
        tenantId,
        () => expireOnce(deps, call, by, now),
        ({ done: { endpoint, changed } }) =>
          changed
            ? auditOf(call, { id: by, action: 'endpoint.previous_secret_expired', target: endpoint.id, at: now })
            : undefined,
      );
      const reply = changedEndpointReply(done.endpoint, now);
      return replayed ? { ...reply, headers: { ...reply.headers, ...replayedHeader } } : reply;
    },
  };
}

interface Expiry {
  readonly endpoint: Endpoint;
  /** False if no replaced secret was signing. */
  readonly changed: boolean;
}

/** With a key, a repetition does not end a secret that was replaced after the first request. */
function expireOnce(deps: ExpireDeps, call: Call, by: string, now: Date) {
  const { tenantId } = call.caller;
  const endpointId = call.params['endpoint_id'] ?? '';
  const asItIs = async (id: string): Promise<Expiry> => {
    const endpoint = await deps.endpoints.get(tenantId, id);
    if (endpoint === undefined) throw notFound('endpoint');
    return { endpoint, changed: false };
  };
  return once<Expiry>(deps, tenantId, keyOf(call.request, 'expire_previous_secret', { endpointId }), {
    id: by,
    now,
    replay: asItIs,
    find: async ({ holder = '' }) => {
      const isDone = await deps.endpointSecrets.previousWasExpired(tenantId, endpointId, holder);
      return isDone ? { done: await asItIs(endpointId), result: endpointId } : undefined;
    },
    begin: async () => {
      parseBody(body, call.request.body);
      const id = endpointIdOf(call);
      const before = await asItIs(id);
      requireExpected(call.expected, endpointRevision(before.endpoint));
      return async () => {
        if (before.endpoint.previous_until === undefined) return { done: before, result: id };
        await deps.dailyCounts.count(tenantId, 'changes_per_day', now);
        const endpoint = await deps.endpointSecrets.expirePrevious(tenantId, id, { by, now, expected: call.expected });
        if (endpoint === undefined) throw notFound('endpoint');
        return { done: { endpoint, changed: true }, result: id };
      };
    },
  });
}
