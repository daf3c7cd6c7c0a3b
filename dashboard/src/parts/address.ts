import { useLocation } from 'react-router';
import { pathInTenant, tenantNamedBy } from '../session/tenant/address';

interface Address {
  /** The tenant that the address names. */
  readonly named: string | undefined;
  /** The path of the page without its tenant: `/workflow-runs/19`. */
  readonly path: string;
  /** Query and fragment. */
  readonly rest: string;
}

/** The address of the page that is open. */
export function useAddress(): Address {
  const { pathname, search, hash } = useLocation();
  return { named: tenantNamedBy(pathname), path: pathInTenant(pathname), rest: search + hash };
}
