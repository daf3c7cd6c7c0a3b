import { openCall, type Call } from '../api/call';
import { withBound } from '../api/bound';
import { loadConfig } from './config';
import { signIn, type SignIn } from './sign-in';
import { chosenTenant } from './tenant-choice';
import type { DashboardConfig } from '../../../functions/contract/dashboard';

/** A signed-in user, and the API called with that user's token. */
export interface OpenSession {
  readonly config: DashboardConfig;
  readonly person: SignIn;
  readonly call: Call;
}

/** Signs the user in, once for each load of the page. Rejects with an error to show if that fails. */
export async function openSession(): Promise<OpenSession> {
  const config = await loadConfig();
  const person = await signIn(config);
  const call = withBound(
    openCall({
      idToken: () => person.idToken(),
      renewToken: () => person.renew(),
      tenantId: chosenTenant,
    }),
  );
  return { config, person, call };
}
