import { InvalidClientMetadata } from 'oidc-provider/lib/helpers/errors.js';
import * as z from 'zod/mini';
import { maxRedirectUriCharacters, maxRedirectUris } from '../limits';
import { readableName } from './readable-name';
import { redirectFault } from './redirect-uri';

const saidSchema = z.object({
  client_name: z.optional(z.string()),
  redirect_uris: z
    .array(z.string().check(z.maxLength(maxRedirectUriCharacters)))
    .check(z.minLength(1), z.maxLength(maxRedirectUris)),
});

/** What the authorization server keeps of what a client says about itself. */
export interface ClientMetadata {
  readonly client_name: string;
  readonly redirect_uris: readonly string[];
}

/**
 * Reads what a client says about itself, in a registration or in its metadata document. Everything but the name and the
 * addresses is decided here and not by the client, which removes the parts of the standards that let a client name more
 * addresses to fetch or to show.
 *
 * @throws InvalidClientMetadata with what to change
 */
export function readClientMetadata(said: unknown): ClientMetadata {
  const read = saidSchema.safeParse(said);
  if (!read.success) {
    throw new InvalidClientMetadata(
      `redirect_uris must be 1 to ${maxRedirectUris} addresses of at most ${maxRedirectUriCharacters} characters, and client_name a text.`,
    );
  }
  const { client_name: name = '', redirect_uris } = read.data;
  for (const uri of redirect_uris) {
    const fault = redirectFault(uri);
    if (fault !== undefined) throw new InvalidClientMetadata(`redirect_uris: ${fault}`);
  }
  return { client_name: readableName(name) ?? 'Unnamed app', redirect_uris };
}

/**
 * A client as the library takes it. `native` is its name for what is wanted of every client: https addresses match
 * exactly, and loopback addresses on any port (RFC 8252, section 7.3). No client has a secret; PKCE protects the code.
 */
export function libraryClient(clientId: string, { client_name, redirect_uris }: ClientMetadata) {
  return {
    client_id: clientId,
    client_name,
    redirect_uris: [...redirect_uris],
    application_type: 'native' as const,
    token_endpoint_auth_method: 'none' as const,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code' as const],
  };
}
