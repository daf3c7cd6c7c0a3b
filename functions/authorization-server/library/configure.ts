import { generateKeyPairSync } from 'node:crypto';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { InvalidTarget } from 'oidc-provider/lib/helpers/errors.js';
import { mcpScopeSchema } from '../../domain/tenant/token';
import { adapterOf } from './adapter';
import { approver } from './approver';
import { libraryClient, readClientMetadata } from '../client/client-metadata';
import { consentPolicy } from './consent-policy';
import type { LibraryDeps } from '../deps';
import { accessTokenSeconds, codeSeconds, documentSeconds, refreshTokenDays, requestMinutes } from '../limits';
import { errorPage } from './error-page';
import { oauthPaths } from '../paths';
import { writeClientId } from '../client/registered-client';

/** What the library may do, and what it asks of us. */
export function configure(deps: LibraryDeps): Configuration {
  const { origin, resource } = deps;
  return {
    adapter: adapterOf(deps),
    // Nothing is ever signed with it: the library cannot do without a key, although it issues no ID tokens here.
    jwks: { keys: [unusedKey()] },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    routes: {
      authorization: oauthPaths.authorize,
      token: oauthPaths.token,
      registration: oauthPaths.register,
      revocation: oauthPaths.revoke,
    },
    responseTypes: ['code'],
    scopes: mcpScopeSchema.options,
    clientAuthMethods: ['none'],
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: () => true,
    expiresWithSession: () => false,
    allowOmittingSingleRegisteredRedirectUri: false,
    clientBasedCORS: () => true,
    findAccount: approver(deps),
    loadExistingGrant: ({ oidc: { result, provider } }) =>
      result?.consent?.grantId === undefined ? Promise.resolve(undefined) : provider.Grant.find(result.consent.grantId),
    interactions: { policy: consentPolicy(), url: (_ctx, { uid }) => `${oauthPaths.interaction}/${uid}` },
    cookies: {
      // The local run's sign-in is the same library at the same host, and cookies do not tell ports apart.
      names: { session: 'connect_session', interaction: 'connect_request', resume: 'connect_resume' },
      short: { httpOnly: true, sameSite: 'lax', signed: false },
      long: { httpOnly: true, signed: false, path: '/oauth' },
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => Promise.resolve(token.clientId === client.clientId),
      },
      registration: {
        enabled: true,
        issueRegistrationAccessToken: false,
        idFactory: (ctx) => register(ctx, deps.clientKey),
      },
      clientIdMetadataDocument: { enabled: true, ack: 'draft-02', cacheDuration: documentSeconds },
      resourceIndicators: {
        enabled: true,
        // Clients of earlier revisions name none.
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, asked) => {
          if (asked !== resource) throw new InvalidTarget(`the only resource here is ${resource}`);
          return {
            scope: mcpScopeSchema.options.join(' '),
            audience: resource,
            accessTokenFormat: 'opaque',
            accessTokenTTL: accessTokenSeconds,
          };
        },
      },
    },
    fetch: (url) => deps.fetchClientDocument(String(url instanceof Request ? url.url : url)),
    renderError: (ctx, out) => errorPage(ctx, out, origin),
    ttl: {
      AccessToken: accessTokenSeconds,
      AuthorizationCode: codeSeconds,
      Grant: refreshTokenDays * 86_400,
      Interaction: requestMinutes * 60,
      RefreshToken: refreshTokenDays * 86_400,
      Session: requestMinutes * 60,
    },
  };
}

/** Replaces what a client sent by what is kept of it, and returns its id, which holds all of that. */
function register({ oidc: { body } }: KoaContextWithOIDC, clientKey: Buffer): string {
  const metadata = readClientMetadata(body);
  const id = writeClientId(metadata, clientKey);
  const said = body ?? {};
  for (const name of Object.keys(said)) Reflect.deleteProperty(said, name);
  Object.assign(said, libraryClient(id, metadata));
  return id;
}

function unusedKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kty: 'EC', use: 'sig', alg: 'ES256', kid: 'unused' };
}
