import { ErrorResponse, type User, type UserManager } from 'oidc-client-ts';
import { signInUnreachable } from '../problems';

/**
 * The answers of OAuth 2.0 and OpenID Connect that end a session. Every other failure says nothing about it: the issuer is
 * down, in trouble, or somebody else answered in its place.
 */
const refusals = [
  'invalid_grant',
  'invalid_client',
  'invalid_request',
  'invalid_scope',
  'invalid_token',
  'unauthorized_client',
  'unsupported_grant_type',
  'access_denied',
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
];

function isRefusal(error: unknown): boolean {
  return error instanceof ErrorResponse && error.error !== null && refusals.includes(error.error);
}

/**
 * Renews only with a refresh token. The other way is a hidden frame, which the content security policy refuses.
 *
 * @returns undefined if there is no refresh token, or if the issuer refuses it
 * @throws ApiError if the issuer does not answer, or not with a refusal
 */
export async function renewedUser(manager: UserManager): Promise<User | undefined> {
  const stored = await manager.getUser();
  if (stored?.refresh_token === undefined) return undefined;
  try {
    return (await manager.signinSilent()) ?? undefined;
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw signInUnreachable();
  }
}
