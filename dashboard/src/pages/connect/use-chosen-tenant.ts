import { useState } from 'react';
import type { Me } from '../../api/routes';
import { useRead } from '../../api/use-api';
import { useSession } from '../../session/session';

interface ChosenTenant {
  /** Undefined until a member of several tenants has chosen. A wrong guess would open a tenant to the app. */
  readonly tenantId: string | undefined;
  readonly choose: (tenantId: string) => void;
  /** Who the person is in the chosen tenant, once that is known. */
  readonly me: Me | undefined;
  readonly error: Error | null;
}

/** The tenant that the app shall act for. It need not be the one that this tab works in, which stays as it is. */
export function useChosenTenant(): ChosenTenant {
  const { me } = useSession();
  const [tenantId, choose] = useState(me.tenants.length > 1 ? undefined : me.tenant.id);
  const isOther = tenantId !== undefined && tenantId !== me.tenant.id;
  const other = useRead('GET me', { ...(isOther && { tenantId }) }, { enabled: isOther });
  if (isOther) return { tenantId, choose, me: other.data, error: other.error };
  return { tenantId, choose, me: tenantId === undefined ? undefined : me, error: null };
}
