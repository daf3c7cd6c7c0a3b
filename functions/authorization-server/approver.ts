import type { Account, KoaContextWithOIDC } from 'oidc-provider';
import { CustomOIDCProviderError } from 'oidc-provider/lib/helpers/errors.js';
import { isConnected } from '../domain/tenant/connected-app';
import { ProductError } from '../domain/errors';
import { countThisHour } from '../domain/tenant/hourly';
import { readReference } from './app-reference';
import { requestId } from './request-id';
import type { LibraryDeps } from './deps';
import { endApp } from './end-app';
import { noteFirstRefresh } from './note-first-refresh';

/**
 * The account behind a connected app: the approval itself. Whenever the app asks for tokens, the member who approved it
 * must still be one who may; otherwise the app ends here, should the removal have missed it.
 */
export function approver(deps: LibraryDeps) {
  return async ({ oidc: { route, params } }: KoaContextWithOIDC, id: string): Promise<Account | undefined> => {
    const reference = readReference(id);
    const app = reference && (await deps.connectedApps.get(reference.tenantId, reference.appId));
    if (app === undefined || !isConnected(app, deps.now())) return undefined;
    if (route === 'token') {
      const member = await deps.members.get(app.tenant_id, app.approved_by);
      if (member?.permissions.includes('manage_agents') !== true) {
        await endApp(deps, id, { because: 'member_removed', requestId: requestId() });
        return undefined;
      }
      await countThisHour(deps, app.tenant_id, { name: 'app_tokens_per_hour', wanted: 1, now: deps.now() }).catch(
        refuse,
      );
    }
    return { accountId: id, claims: () => Promise.resolve({ sub: id }) };
  };
}

/** Says a refusal of the product in the library's way. */
function refuse(error: unknown): never {
  if (!(error instanceof ProductError)) throw error;
  throw Object.assign(new CustomOIDCProviderError('temporarily_unavailable', error.message), {
    status: 429,
    statusCode: 429,
  });
}
