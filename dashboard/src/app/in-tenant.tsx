import { useEffect, type ReactNode } from 'react';
import { useAddress } from '../parts/address';
import { useGo } from '../parts/go';
import { Opening } from '../session/opening';
import { useSession } from '../session/session';

/**
 * Keeps the tenant of the address and that of the page the same. An address without tenant is completed for a member of
 * several tenants; for a member of one it can mean nothing else, and stays as it was entered.
 */
export function InTenant({ children }: { children: ReactNode }) {
  const { me } = useSession();
  const { named, path, rest } = useAddress();
  const { go } = useGo();
  const isOther = named !== undefined && named !== me.tenant.id;
  const isIncomplete = named === undefined && me.tenants.length > 1;
  useEffect(() => {
    // Everything that the page holds belongs to its tenant, so the other one gets a new page.
    if (isOther) location.reload();
    else if (isIncomplete) go(path + rest, { replace: true });
  }, [isOther, isIncomplete, go, path, rest]);
  return isOther || isIncomplete ? <Opening /> : children;
}
