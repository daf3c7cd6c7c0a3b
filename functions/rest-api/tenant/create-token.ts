import * as z from 'zod/mini';
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
import { parseBody } from '../../edge/http/parse-request';
import type { GuardedRoute } from '../../edge/http/route';
import { auditOf } from '../audit-of';
import type { RestApiDeps } from '../deps';

export const createdTokenSchema = z.extend(tokenViewSchema, { token: z.string() });

export function createToken({
  tokens,
  places,
  dailyCounts,
  record,
  now,
  newUlid,
}: Pick<RestApiDeps, 'tokens' | 'places' | 'dailyCounts' | 'record' | 'now' | 'newUlid'>): GuardedRoute {
  return {
    method: 'POST',
    path: '/api/v1/tokens',
    operationId: 'createToken',
    summary: 'Issue an access token; the answer holds its text, this once',
    access: { scope: 'none', permission: 'manage_agents' },
    plan: 'any_in_dashboard',
    body: tokenWriteSchema,
    replies: { 201: createdTokenSchema },
    errors: ['permission_required', 'invalid_request', 'limit_reached'],
    act: async (call) => {
      const { tenantId, name: createdBy } = call.caller;
      const write = parseBody(tokenWriteSchema, call.request.body);
      if (scopesOf(write).includes('workflows:write')) requireAuthoring(await call.tenant());
      const at = now();
      const { text, token } = issueToken(tenantId, write, { createdBy, now: at, newUlid });
      const row = auditOf(call, {
        id: auditIds.tokenCreated(token.id),
        action: 'token.created',
        target: token.id,
        at,
        detail: factsOfToken(token),
      });
      await dailyCounts.count(tenantId, 'changes_per_day', at);
      await places.take(tenantId, 'active_tokens', token.id, at);
      await record(
        tenantId,
        () => tokens.put(tenantId, text, token),
        () => row,
      );
      return {
        status: 201,
        headers: { location: `/api/v1/tokens/${token.id}` },
        body: { ...viewToken(token, at), token: text },
      };
    },
  };
}
