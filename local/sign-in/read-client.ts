import * as z from 'zod/mini';
import type { Stack } from '../template/stack';
import type { IssuerClient } from './open-provider';

const clientSchema = z.object({
  CallbackURLs: z.array(z.string()),
  LogoutURLs: z.array(z.string()),
  AllowedOAuthScopes: z.array(z.string()),
});

/** Port on which `npm run dev:dashboard` serves the dashboard during development. */
const devPort = 5173;

/** Reads the user pool's client from the template and keeps only redirects to this machine. */
export function readClient(stack: Stack, apiOrigin: string): IssuerClient {
  const [client] = stack.resources('AWS::Cognito::UserPoolClient');
  if (client === undefined) throw new Error('The stack has no user pool client for the dashboard.');
  const { CallbackURLs, LogoutURLs, AllowedOAuthScopes } = client.read(clientSchema);
  const { host, port } = new URL(apiOrigin);
  const localUrls = (urls: readonly string[]) =>
    urls.flatMap((url) => {
      const { host: urlHost, pathname } = new URL(url);
      if (urlHost !== host) return [];
      // The same page under each name and port that a browser may use.
      return [host, `localhost:${port}`, `localhost:${devPort}`, `127.0.0.1:${devPort}`].map(
        (name) => `http://${name}${pathname}`,
      );
    });
  return {
    id: client.ref,
    scope: AllowedOAuthScopes.join(' '),
    redirectUris: localUrls(CallbackURLs),
    logoutUris: localUrls(LogoutURLs),
  };
}
