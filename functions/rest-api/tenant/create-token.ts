import * as z from 'zod/mini';
import { notFound } from '../../domain/errors';
import { once } from '../../domain/once';
import { auditIds } from '../../domain/tenant/audit-ids';
import {
  issueToken,
  scopesOf,
  tokenViewSchema,
  tokenWriteSchema,
  viewToken,
  factsOfToken,
} from '../../domain/tenant/issue-token';
import { requireAuthoring } from '../../domain/tenant/tenant';
import type { Token } from '../../domain/tenant/token';
import { keyOf, replayedHeader } from '../../edge/http/idempotency-key';
import { parseBody } from '../../edge/http/parse-request';
import type { Call, GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';

/** A create call repeated with its Idempotency-Key gets the token without its text, of which only the hash is stored. */
export const createdTokenSchema = z.extend(tokenViewSchema, { token: z.optional(z.string()) });

type CreateDeps = Pick<RestApiDeps, 'claims' | 'tokens' | 'places' | 'dailyCounts' | 'record' | 'now' | 'newUlid'>;

export function createToken(deps: CreateDeps): GuardedRoute {
  return {
    method: 'POST',
    path: '/api/v1/tokens',
    operationId: 'createToken',
    summary: 'Issue an access token; the answer holds its text, this once',
    access: { scope: 'none', permission: 'manage_agents' },
    plan: 'any_in_dashboard',
    body: tokenWriteSchema,
    idempotent: true,
    replies: { 201: createdTokenSchema },
    errors: [
      'permission_required',
      'idempotency_in_progress',
      'idempotency_key_reused',
      'invalid_request',
      'limit_reached',
    ],
    act: async (call) => {
      const now = deps.now();
      const { done, replayed } = await deps.record(
        call.caller.tenantId,
        () => createOnce(deps, call, now),
        ({ done: { token }, replayed: isRepeat }) =>
          isRepeat
            ? undefined
            : auditOf(call, {
                id: auditIds.tokenCreated(token.id),
                action: 'token.created',
                target: token.id,
                at: now,
                detail: factsOfToken(token),
              }),
      );
      const { token, text } = done;
      return {
        status: 201,
        headers: { location: `/api/v1/tokens/${token.id}`, ...(replayed && replayedHeader) },
        body: { ...viewToken(token, now), ...(text !== undefined && { token: text }) },
      };
    },
  };
}

interface Created {
  readonly token: Token;
  /** Shown only once: undefined for a replay of the same request. */
  readonly text: string | undefined;
}

function createOnce(deps: CreateDeps, call: Call, now: Date) {
  const { tenantId, name: createdBy } = call.caller;
  const ulid = deps.newUlid();
  return once<Created>(deps, tenantId, keyOf(call.request, 'create_token'), {
    id: `tok_${ulid}`,
    now,
    replay: async (id) => {
      const token = await deps.tokens.get(tenantId, id);
      if (token === undefined) throw notFound('token');
      return { token, text: undefined };
    },
    find: async ({ holder = '' }) => {
      const token = await deps.tokens.get(tenantId, holder);
      return token && { done: { token, text: undefined }, result: token.id };
    },
    begin: async () => {
      const write = parseBody(tokenWriteSchema, call.request.body);
      if (scopesOf(write).includes('workflows:write')) requireAuthoring(await call.tenant());
      return async () => {
        const { text, token } = issueToken(tenantId, write, { createdBy, now, newUlid: () => ulid });
        await deps.dailyCounts.count(tenantId, 'changes_per_day', now);
        await deps.places.take(tenantId, 'active_tokens', token.id, now);
        await deps.tokens.put(tenantId, text, token);
        return { done: { token, text }, result: token.id };
      };
    },
  });
}
