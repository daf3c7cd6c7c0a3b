import { createContext, useContext } from 'react';
import type { Channel } from '../../../functions/domain/tenant/plan';
import type { Me } from '../api/routes';
import type { SignIn } from './sign-in';
import type { Arrival } from './tenant/arrival';

/** The signed-in user, the tenant, and what the user may do in it. */
export interface Session extends Pick<SignIn, 'end' | 'signInAgain' | 'otherPersonBefore'> {
  readonly me: Me;
  readonly arrival: Arrival;
  readonly email: string;
  /** May run, cancel and activate workflows, and manage endpoints and tokens. */
  readonly mayManage: boolean;
  /** True if the tenant's plan includes workflows through `channel`. */
  readonly planIncludes: (channel: Channel) => boolean;
  /** May write recipes. */
  readonly mayAuthor: boolean;
  /** Undefined if the deployment names no address. */
  readonly supportEmail: string | undefined;
  readonly runLogsUrl: (uid: string) => string | undefined;
  /** Leaves for another tenant, at its overview or at a path without tenant, query and fragment included. */
  readonly chooseTenant: (tenantId: string, address?: string) => void;
  readonly signOut: () => void;
  /** Signs out, and comes back to the address that is open with whatever account the person then chooses. */
  readonly changeAccount: () => void;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('useSession must be used inside SessionGate');
  return session;
}
