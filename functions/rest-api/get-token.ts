import { notFound } from '../domain/errors';
import { tokenViewSchema, viewToken } from '../domain/issue-token';
import type { GuardedRoute } from '../edge/route';
import type { RestApiDeps } from './deps';

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
    act: async ({ caller, params }) => {
      const token = await tokens.get(caller.tenantId, params['token_id'] ?? '');
      if (token === undefined) throw notFound('token');
      return { status: 200, body: viewToken(token, now()) };
    },
  };
}
