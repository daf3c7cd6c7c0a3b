import { queryOptions } from '@tanstack/react-query';
import { ApiError } from '../../api/api-error';
import type { Me } from '../../api/routes';
import type { OpenSession } from '../open-session';
import { SessionEnded } from '../problems';
import { rememberChosenTenant, rememberTabTenant, tenantChosenLast } from './choice';

/** A person is let into the tenant of the address, or learns that it is none of theirs. */
export type Entry =
  { readonly is: 'inside'; readonly me: Me } | { readonly is: 'outside'; readonly tenants: Me['tenants'] };

/** Asked once for each load of the page, because a page keeps its tenant until it is left. */
export function entryQuery(session: OpenSession) {
  return queryOptions({
    queryKey: ['entry'],
    queryFn: () => enterTenant(session),
    staleTime: Infinity,
    gcTime: Infinity,
  });
}

/**
 * Asks the API who the person is in the tenant that the address names. Without one in the address it is the tenant that the
 * tab or the person was in before, or else the person's first. The API refuses a tenant that does not exist in the same
 * way as one that is not the person's.
 */
async function enterTenant({ call, tenant, arrival }: OpenSession): Promise<Entry> {
  const wanted = tenant.id();
  let me = await call('GET me', {}).catch((error: unknown) => {
    if (wanted === undefined || !(error instanceof ApiError) || error.isTransient) throw error;
    if (error instanceof SessionEnded) throw error;
    return undefined;
  });
  if (me === undefined) {
    tenant.change(undefined);
    me = await call('GET me', {});
  }
  // A tenant is never shown under the address of another one.
  if (arrival.named !== undefined && arrival.named !== me.tenant.id) return { is: 'outside', tenants: me.tenants };
  tenant.change(me.tenant.id);
  remember(me, arrival.isChosen);
  return { is: 'inside', me };
}

function remember({ tenant, tenants }: Me, isChosen: boolean): void {
  rememberTabTenant(tenant.id);
  const last = tenantChosenLast();
  // The one stored may be of another person who used this browser.
  if (isChosen || !tenants.some(({ id }) => id === last)) rememberChosenTenant(tenant.id);
}
