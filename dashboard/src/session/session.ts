import { createContext, useContext } from 'react';
import type { Channel } from '../../../functions/domain/tenant/plan';
import type { Me } from '../api/routes';

/** Who is signed in, where, and what they may do. */
export interface Session {
  readonly me: Me;
  readonly email: string;
  /** Runs, cancels, activates, manages endpoints and tokens. */
  readonly mayManage: boolean;
  /** True if the tenant's plan includes workflows through `channel`. */
  readonly planIncludes: (channel: Channel) => boolean;
  /** Sees the recipe editor. */
  readonly mayAuthor: boolean;
  /** Undefined when the deployment names none. */
  readonly supportEmail: string | undefined;
  readonly runLogsUrl: (uid: string) => string | undefined;
  readonly chooseTenant: (tenantId: string) => void;
  readonly signOut: () => void;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('Nobody is signed in here');
  return session;
}
