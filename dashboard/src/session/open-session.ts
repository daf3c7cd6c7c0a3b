import { openCall, type Call } from '../api/call';
import { withBound } from '../api/bound';
import { readingAhead, type ReadAhead } from '../api/read-ahead';
import { readArrival, type Arrival } from './tenant/arrival';
import { loadConfig } from './config';
import { signIn, type SignIn } from './sign-in';
import type { DashboardConfig } from '../../../functions/contract/dashboard';

/** A signed-in user, and the API called with that user's token. */
export interface OpenSession {
  readonly config: DashboardConfig;
  readonly person: SignIn;
  readonly call: Call;
  readonly readAhead: ReadAhead['start'];
  readonly arrival: Arrival;
  readonly tenant: TenantOfCalls;
}

/**
 * The tenant that calls name. It is kept in the page and not in the browser's storage, so that a page never reads from
 * another tenant than that of its address, whatever happens in other tabs.
 */
interface TenantOfCalls {
  readonly id: () => string | undefined;
  readonly change: (tenantId: string | undefined) => void;
}

/** Signs the user in, once for each load of the page. Rejects with an error to show if that fails. */
export async function openSession(): Promise<OpenSession> {
  const config = await loadConfig();
  const person = await signIn(config);
  const arrival = readArrival(location);
  let tenantId = arrival.named ?? arrival.before;
  const tenant: TenantOfCalls = {
    id: () => tenantId,
    change: (id) => (tenantId = id),
  };
  const { call, start } = readingAhead(
    withBound(
      openCall({
        idToken: (isRead) => person.idToken(isRead),
        renewToken: (refused) => person.renew(refused),
        tenantId: tenant.id,
      }),
    ),
    tenant.id,
  );
  return { config, person, call, readAhead: start, arrival, tenant };
}
