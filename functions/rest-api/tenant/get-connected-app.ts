import { notFound } from '../../domain/errors';
import {
  connectedAppViewSchema,
  isAppId,
  viewConnectedApp,
  type ConnectedApp,
} from '../../domain/tenant/connected-app';
import type { Call, GuardedRoute } from '../../edge/http/route';
import type { RestApiDeps } from '../deps';

export function getConnectedApp({ connectedApps, now }: Pick<RestApiDeps, 'connectedApps' | 'now'>): GuardedRoute {
  return {
    method: 'GET',
    path: '/api/v1/connected-apps/{app_id}',
    operationId: 'getConnectedApp',
    summary: 'Read a connected app: who approved it, until when, and when it was last used',
    access: { scope: 'none', permission: 'viewer' },
    plan: 'any_in_dashboard',
    replies: { 200: connectedAppViewSchema },
    errors: ['not_found'],
    act: async (call) => ({
      status: 200,
      body: viewConnectedApp(await requireConnectedApp({ connectedApps }, call), now()),
    }),
  };
}

/** The app that the path names. Text that cannot be an id is treated as an id that does not exist. */
export async function requireConnectedApp(
  { connectedApps }: Pick<RestApiDeps, 'connectedApps'>,
  { caller, params }: Call,
): Promise<ConnectedApp> {
  const id = params['app_id'] ?? '';
  const app = isAppId(id) ? await connectedApps.get(caller.tenantId, id) : undefined;
  if (app === undefined) throw notFound('connected app');
  return app;
}
