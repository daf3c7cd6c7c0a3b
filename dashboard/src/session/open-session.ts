import { openCall, type Call } from '../api/call';
import { loadConfig } from './config';
import { signIn, type SignIn } from './sign-in';
import { chosenTenant } from './tenant-choice';
import type { DashboardConfig } from '../../../functions/contract/dashboard';

/** A signed-in person and the API as they may call it. */
export interface OpenSession {
  readonly config: DashboardConfig;
  readonly person: SignIn;
  readonly call: Call;
}

/** Runs once for each load of the page. Rejects with what to tell a person whom signing in did not help. */
export async function openSession(): Promise<OpenSession> {
  const config = await loadConfig();
  const person = await signIn(config);
  const call = openCall({
    bearer: () => person.idToken(),
    refused: () => person.renew(),
    tenantId: chosenTenant,
  });
  return { config, person, call };
}
