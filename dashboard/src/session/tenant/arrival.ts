import type { Me } from '../../api/routes';
import { pathInTenant, tenantNamedBy } from './address';
import { takeAnnouncedChoice, tenantBefore } from './choice';

/** The address that the dashboard was loaded with, and what was known about the tenant then. */
export interface Arrival {
  /** Path without tenant, query and fragment. */
  readonly address: string;
  /** The tenant that the address names. */
  readonly named: string | undefined;
  /** The tenant that the tab was in or, in a new tab, that the person chose last. */
  readonly before: string | undefined;
  /** True if the person chose this tenant on a page of the dashboard. */
  readonly isChosen: boolean;
}

/** Call once for each load of the page, after the sign-in has brought the wanted address back. */
export function readArrival({ pathname, search, hash }: Location): Arrival {
  const named = tenantNamedBy(pathname);
  const chosen = takeAnnouncedChoice();
  return {
    address: pathInTenant(pathname) + search + hash,
    named,
    before: tenantBefore(),
    isChosen: named !== undefined && named === chosen,
  };
}

type Tenants = Me['tenants'];

/** What a member of several tenants must be told about the tenant that is shown. */
export type ArrivalNews =
  { readonly is: 'unnamed'; readonly others: Tenants } | { readonly is: 'changed'; readonly before: Tenants[number] };

/**
 * A link without a tenant may have been meant for another one, and a link with a tenant may lead out of the one that the
 * person worked in. The first page, `/`, is no link to anything of a tenant.
 */
export function newsOf(
  { address, named, before, isChosen }: Arrival,
  { tenant, tenants }: Me,
): ArrivalNews | undefined {
  const others = tenants.filter(({ id }) => id !== tenant.id);
  if (named === undefined) return others.length > 0 && address !== '/' ? { is: 'unnamed', others } : undefined;
  const left = isChosen ? undefined : others.find(({ id }) => id === before);
  return left && { is: 'changed', before: left };
}
