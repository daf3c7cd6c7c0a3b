import type { Configuration, KoaContextWithOIDC, Provider } from 'oidc-provider';
import { html, Html } from '../pages/html';
import { page, type Page } from '../pages/page';
import type { IssuerSecrets } from './issuer-secrets';
import { memoryAdapter } from './remember';

/** The client of the stack's user pool. */
export interface IssuerClient {
  readonly id: string;
  readonly scope: string;
  readonly redirectUris: readonly string[];
  readonly logoutUris: readonly string[];
}

const hourSeconds = 3_600;

/**
 * Opens an issuer that behaves towards a browser like the deployed one: authorization code with PKCE, e-mail in the ID
 * token, refresh tokens.
 */
export async function openProvider(origin: string, client: IssuerClient, secrets: IssuerSecrets): Promise<Provider> {
  const { Provider: OidcProvider } = await import('oidc-provider/lib/provider.js');
  const provider = new OidcProvider(origin, configurationOf(client, secrets));
  return provider;
}

function configurationOf(client: IssuerClient, secrets: IssuerSecrets): Configuration {
  const returnTo = originsOf(client);
  return {
    adapter: memoryAdapter(),
    jwks: { keys: [secrets.signing_key] },
    cookies: { keys: [secrets.cookie_key] },
    clients: [
      {
        client_id: client.id,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: [...client.redirectUris],
        post_logout_redirect_uris: [...client.logoutUris],
      },
    ],
    scopes: client.scope.split(' '),
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    // With the default, the e-mail would be available only from the userinfo endpoint.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    issueRefreshToken: () => Promise.resolve(true),
    // A second tab signs in through the same session. Its tokens must not end those of the first, and in a user pool they
    // do not.
    expiresWithSession: () => Promise.resolve(false),
    clientBasedCORS: (_ctx, requestOrigin) => returnTo.includes(requestOrigin),
    findAccount: (_ctx, id) => ({
      accountId: id,
      claims: () => Promise.resolve({ sub: id, email: emailOf(id), email_verified: true }),
    }),
    // Grants consent without asking, because the only client is our own dashboard.
    loadExistingGrant: (ctx) => grantAll(ctx, client.scope),
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => show(ctx, signOutPage(form, returnTo)),
        postLogoutSuccessSource: (ctx) => show(ctx, messagePage('Signed out', 'You can close this page.')),
      },
    },
    renderError: (ctx, { error, error_description: description }) =>
      show(ctx, messagePage('Sign-in failed', `${error}: ${description ?? ''}`)),
    ttl: {
      AccessToken: hourSeconds,
      AuthorizationCode: 60,
      Grant: 12 * hourSeconds,
      IdToken: hourSeconds,
      Interaction: hourSeconds,
      RefreshToken: 12 * hourSeconds,
      Session: 12 * hourSeconds,
    },
  };
}

/** The claim `sub` for an e-mail. It is the same on every start, and clients cannot read the e-mail from it. */
export function subjectOf(email: string): string {
  return Buffer.from(email).toString('base64url');
}

function emailOf(subject: string): string {
  return Buffer.from(subject, 'base64url').toString();
}

export function originsOf({ redirectUris }: IssuerClient): string[] {
  return [...new Set(redirectUris.map((uri) => new URL(uri).origin))];
}

async function grantAll({ oidc }: KoaContextWithOIDC, scope: string) {
  const { client, session, provider } = oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(scope);
  await grant.save();
  return grant;
}

/** Signs out without asking the user to confirm. */
function signOutPage(form: string, returnTo: readonly string[]): Page {
  return page(
    'Signing out',
    html`<main class="narrow">
      <h1>Signing out…</h1>
      ${new Html(form)}
      <button form="op.logoutForm" name="logout" value="yes" id="yes">Sign out</button>
    </main>`,
    new Html("document.getElementById('yes').click()"),
    returnTo,
  );
}

function messagePage(title: string, text: string): Page {
  return page(
    title,
    html`<main class="narrow">
      <h1>${title}</h1>
      <p class="muted">${text}</p>
    </main>`,
  );
}

function show(ctx: KoaContextWithOIDC, { headers, body }: Page): void {
  ctx.set({ ...headers });
  ctx.body = body;
}
