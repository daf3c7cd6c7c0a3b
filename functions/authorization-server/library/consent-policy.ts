import type { KoaContextWithOIDC } from 'oidc-provider';
import { Check, Prompt } from 'oidc-provider/lib/helpers/interaction_policy/index.js';
import * as z from 'zod/mini';
import { mcpScopeSchema } from '../../domain/tenant/token';
import { redirectPlace } from '../client/redirect-uri';

/** What is shown to the person who decides, fixed when the app asks: the decision is about this, whatever the app says later. */
export const askedSchema = z.object({
  name: z.string(),
  host: z.nullable(z.string()),
  redirect_host: z.string(),
  redirects_to_this_machine: z.boolean(),
  /** Requests of the release before have none and are for every tool. */
  scope: z._default(mcpScopeSchema, 'mcp'),
});
export type Asked = z.infer<typeof askedSchema>;

/** Every request is decided by a person; nothing that was approved before decides the next one. */
export function consentPolicy() {
  const undecided = new Check(
    'undecided',
    'a person has to approve the app',
    'interaction_required',
    ({ oidc: { result } }) => result?.consent === undefined,
  );
  return [new Prompt({ name: 'consent' }, (ctx) => ({ asked: askedOf(ctx) }), undecided)];
}

function askedOf({ oidc: { client, params } }: KoaContextWithOIDC): Asked {
  if (client === undefined) throw new Error('A request without a client reached its decision');
  const { host, isThisMachine } = redirectPlace(String(params?.['redirect_uri']));
  return {
    name: client.clientName ?? '',
    host: client.clientId.startsWith('https://') ? new URL(client.clientId).host : null,
    redirect_host: host,
    redirects_to_this_machine: isThisMachine,
    scope: mcpScopeSchema.parse(params?.['scope']),
  };
}
