import { notFound } from '../../domain/errors';
import { tokenViewSchema, viewToken } from '../../domain/tenant/issue-token';
import { isTokenId, type Token } from '../../domain/tenant/token';
import type { Call, GuardedRoute } from '../../edge/http/route';
import type { RestApiDeps } from '../deps';

export function getToken({ tokens, now }: Pick<RestApiDeps, 'tokens' | 'now'>): GuardedRoute {
  return {
    method: 'GET',
    path: '/api/v1/tokens/{token_id}',
    operationId: 'getToken',
    summary: 'Read an access token, without its text',
    access: { scope: 'none', permission: 'viewer' },
    plan: 'any_in_dashboard',
    replies: { 200: tokenViewSchema },
    errors: ['not_found'],
    act: async (call) => ({ status: 200, body: viewToken(await requireToken({ tokens }, call), now()) }),
  };
}

/** The token that the path names. Text that cannot be an id is treated as an id that does not exist. */
export async function requireToken({ tokens }: Pick<RestApiDeps, 'tokens'>, { caller, params }: Call): Promise<Token> {
  const id = params['token_id'] ?? '';
  const token = isTokenId(id) ? await tokens.get(caller.tenantId, id) : undefined;
  if (token === undefined) throw notFound('token');
  return token;
}
