import * as z from 'zod/mini';
import type { Stack } from '../template/stack';
import type { IssuerClient } from './open-provider';

const clientSchema = z.object({
  CallbackURLs: z.array(z.string()),
  LogoutURLs: z.array(z.string()),
  AllowedOAuthScopes: z.array(z.string()),
});

/** Where `npm run dev:dashboard` serves the page while it is worked on. */
const devPort = 5173;

/** The user pool's client, led back to this machine. */
export function readClient(stack: Stack, apiOrigin: string): IssuerClient {
  const [client] = stack.resources('AWS::Cognito::UserPoolClient');
  if (client === undefined) throw new Error('The stack has no user pool that the dashboard signs in to.');
  const { CallbackURLs, LogoutURLs, AllowedOAuthScopes } = client.read(clientSchema);
  const { host, port } = new URL(apiOrigin);
  const here = (urls: readonly string[]) =>
    urls.flatMap((url) => {
      const { host: urlHost, pathname } = new URL(url);
      if (urlHost !== host) return [];
      // The same page under each name a browser may be given.
      return [host, `localhost:${port}`, `localhost:${devPort}`, `127.0.0.1:${devPort}`].map(
        (name) => `http://${name}${pathname}`,
      );
    });
  return {
    id: client.ref,
    scope: AllowedOAuthScopes.join(' '),
    redirectUris: here(CallbackURLs),
    logoutUris: here(LogoutURLs),
  };
}
