import type { Provider } from 'oidc-provider';
import { ProductError } from '../../domain/errors';
import type { Call } from '../../edge/http/route';
import { askedSchema, type Asked } from '../library/consent-policy';

type Interaction = InstanceType<Provider['Interaction']>;

export interface OpenRequest {
  readonly interaction: Interaction;
  readonly asked: Asked;
  readonly clientId: string;
}

/**
 * The request of an app that waits for a person. It must have been begun in this very browser, which the library's cookie
 * tells: otherwise somebody could begin a request, let another person approve it, and take the code for themselves.
 */
export async function findRequest(provider: Provider, { request, params }: Call): Promise<OpenRequest> {
  const uid = params['uid'] ?? '';
  const isOfThisBrowser = request.cookies.includes(`${provider.cookieName('interaction')}=${uid}`);
  const interaction = isOfThisBrowser ? await provider.Interaction.find(uid) : undefined;
  const asked = askedSchema.safeParse(interaction?.prompt.details['asked']);
  if (interaction === undefined || !asked.success || interaction.result !== undefined) throw gone();
  return { interaction, asked: asked.data, clientId: String(interaction.params['client_id']) };
}

export function gone(): ProductError {
  return new ProductError(
    'not_found',
    'This request has expired, was decided already, or was begun in another browser. Start again from the app.',
  );
}
