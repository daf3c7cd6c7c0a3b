import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { ConnectedApp } from '../../domain/tenant/connected-app';
import { readReference, writeReference } from './app-reference';
import type { LibraryDeps } from '../deps';
import { accessTokenSeconds } from '../limits';

type AccessTokenDeps = Pick<LibraryDeps, 'tokens' | 'connectedApps' | 'resource' | 'newUlid' | 'now'>;

/** Access tokens are rows like those that people issue, so the MCP server knows one kind of token only. */
export function accessTokens(deps: AccessTokenDeps): Pick<Adapter, 'upsert' | 'find' | 'destroy'> {
  return {
    upsert: async (text, { grantId = '' }, expiresIn = accessTokenSeconds) => {
      const app = await appOf(deps, grantId);
      if (app === undefined) throw new Error('An access token was issued for an app that does not exist');
      const now = deps.now();
      await deps.tokens.putForApp(text, {
        id: `tok_${deps.newUlid()}`,
        tenant_id: app.tenant_id,
        kind: 'mcp',
        name: app.name,
        scopes: [app.scope],
        created_at: now.toISOString(),
        expires_at: new Date(now.getTime() + expiresIn * 1000).toISOString(),
        last_used_at: null,
        revoked_at: null,
        created_by: app.approved_by,
        app_id: app.id,
        resource: deps.resource,
      });
    },
    // Read only when a client revokes one.
    find: async (text): Promise<AdapterPayload | undefined> => {
      const token = await deps.tokens.find(text);
      if (token?.app_id === undefined) return undefined;
      const grantId = writeReference({ tenantId: token.tenant_id, appId: token.app_id });
      const app = await appOf(deps, grantId);
      if (app === undefined) return undefined;
      return { kind: 'AccessToken', jti: text, clientId: app.client_id, accountId: grantId, grantId };
    },
    destroy: (text) => deps.tokens.revokeForApp(text, deps.now().toISOString()),
  };
}

async function appOf({ connectedApps }: AccessTokenDeps, grantId: string): Promise<ConnectedApp | undefined> {
  const reference = readReference(grantId);
  return reference && connectedApps.get(reference.tenantId, reference.appId);
}
