import { authorizationRequestSchema } from '../../domain/tenant/authorization-request';
import type { GuardedRoute } from '../../edge/http/route';
import type { PageDeps } from '../deps';
import { findRequest } from './find-request';
import { oauthPaths } from '../paths';

export function readRequest({ provider }: Pick<PageDeps, 'provider'>): GuardedRoute {
  return {
    method: 'GET',
    path: `${oauthPaths.interaction}/{uid}/request`,
    operationId: 'readAuthorizationRequest',
    summary: 'Read what an app asks for',
    access: { scope: 'none', permission: 'viewer' },
    plan: 'any_in_dashboard',
    beforeTenantChoice: true,
    replies: { 200: authorizationRequestSchema },
    errors: ['not_found'],
    act: async (call) => {
      const { interaction, asked } = await findRequest(await provider(), call);
      return { status: 200, body: { ...asked, decide_before: new Date(interaction.exp * 1000).toISOString() } };
    },
  };
}
