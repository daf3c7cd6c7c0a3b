import type { Adapter, AdapterPayload } from 'oidc-provider';
import { InvalidGrant } from 'oidc-provider/lib/helpers/errors.js';
import { Provider } from 'oidc-provider/lib/provider.js';
import type { AuthorizationKind } from '../../aws/tenant/authorizations';
import { isConnected } from '../../domain/tenant/connected-app';
import { accessTokens } from './access-tokens';
import { readReference } from './app-reference';
import { requestId } from './request-id';
import { libraryClient } from '../client/client-metadata';
import type { LibraryDeps } from '../deps';
import { endApp } from './end-app';
import { isRegisteredClientId, readClientId } from '../client/registered-client';

/** Where the library keeps what it remembers. A model that is not named here is never stored. */
export function adapterOf(deps: LibraryDeps): (model: string) => Adapter {
  return (model) => {
    switch (model) {
      case 'Interaction':
      case 'AuthorizationCode':
      case 'RefreshToken':
        return { ...nothing, ...remembered(deps, model) };
      case 'AccessToken':
        return { ...nothing, ...accessTokens(deps) };
      case 'Grant':
        return { ...nothing, ...grants(deps) };
      case 'Client':
        return { ...nothing, find: (id) => Promise.resolve(registeredClient(deps, id)) };
      default:
        return nothing;
    }
  };
}

/**
 * For what needs no memory. A session is one such thing: it would let a browser approve without a person, so each request
 * is decided anew.
 */
const nothing: Adapter = {
  upsert: () => Promise.resolve(),
  find: () => Promise.resolve(undefined),
  findByUid: () => Promise.resolve(undefined),
  findByUserCode: () => Promise.resolve(undefined),
  consume: () => Promise.resolve(),
  destroy: () => Promise.resolve(),
  // Nothing is revoked one by one: codes and tokens work only while their app does.
  revokeByGrantId: () => Promise.resolve(),
};

function remembered(
  deps: LibraryDeps,
  kind: AuthorizationKind,
): Pick<Adapter, 'upsert' | 'find' | 'consume' | 'destroy'> {
  const { authorizations, now } = deps;
  return {
    // The id is the secret itself, and only its hash is stored.
    upsert: (id, { jti: _secret, ...payload }, expiresIn = 0) =>
      authorizations.put(kind, id, payload, new Date(now().getTime() + expiresIn * 1000)),
    find: async (id) => {
      const payload = await authorizations.find(kind, id, now());
      return payload && { ...payload, jti: id };
    },
    consume: async (id) => {
      if (await authorizations.consume(kind, id, now())) return;
      // Another request used it since the library looked: the library would not notice that this is the second use.
      const payload: AdapterPayload | undefined = await authorizations.find(kind, id, now());
      if (payload?.grantId !== undefined)
        await endApp(deps, payload.grantId, { because: 'reuse_detected', requestId: requestId() });
      throw new InvalidGrant('already used');
    },
    destroy: (id) => authorizations.delete(kind, id),
  };
}

/** A connected app is what the library calls a grant. */
function grants(deps: LibraryDeps): Pick<Adapter, 'find' | 'destroy'> {
  return {
    find: async (id) => {
      const reference = readReference(id);
      const app = reference && (await deps.connectedApps.get(reference.tenantId, reference.appId));
      if (app === undefined || !isConnected(app, deps.now())) return undefined;
      return {
        kind: 'Grant',
        jti: id,
        accountId: id,
        clientId: app.client_id,
        resources: { [deps.resource]: app.scope },
        iat: Math.floor(Date.parse(app.created_at) / 1000),
        exp: Math.floor(Date.parse(app.expires_at) / 1000),
      };
    },
    // The library destroys a grant when the client revokes it, and otherwise only when a code or token is used again.
    destroy: (id) =>
      endApp(deps, id, {
        because: Provider.ctx?.oidc.route === 'revocation' ? 'disconnected' : 'reuse_detected',
        requestId: requestId(),
      }),
  };
}

function registeredClient({ clientKey }: LibraryDeps, id: string): AdapterPayload | undefined {
  if (!isRegisteredClientId(id)) return undefined;
  const metadata = readClientId(id, clientKey);
  return metadata && libraryClient(id, metadata);
}
