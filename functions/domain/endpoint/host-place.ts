import { notFound, ProductError } from '../errors';
import { limitOf } from '../tenant/limits';
import type { Tenant } from '../tenant/tenant';
import type { Endpoint } from './endpoint';
import { hostOf } from './host/name';

/** An endpoint that is about to be written with an address at this host. */
export interface HostPlace {
  readonly endpointId: string;
  readonly host: string;
  /** The number of endpoints that the tenant may have at one host. */
  readonly limit: number;
  readonly now: Date;
}

export interface HostPlaceDeps {
  readonly tenants: { get(tenantId: string): Promise<Tenant | undefined> };
  readonly hostPlaces: {
    /** Keeps a place for the endpoint until its row is written. False if the host has no place left. */
    take(tenantId: string, place: HostPlace): Promise<boolean>;
    /** The endpoint's row is written, or will not be: the row alone counts from now on. */
    settle(tenantId: string, place: Pick<HostPlace, 'endpointId' | 'host'>): Promise<unknown>;
  };
}

/**
 * Writes an endpoint whose address is new, within the number of endpoints that a tenant may have at one host. Without this
 * limit a tenant could have every event sent 50 times to a host that nobody proved to own.
 *
 * @param write writes the row of the endpoint
 * @throws ProductError `endpoint_limit_reached`
 */
export async function writeAtHost<Written>(
  { tenants, hostPlaces }: HostPlaceDeps,
  tenantId: string,
  { id: endpointId, url }: Pick<Endpoint, 'id' | 'url'>,
  now: Date,
  write: () => Promise<Written>,
): Promise<Written> {
  // Read anew, because the tenant of the request may be some seconds old.
  const tenant = await tenants.get(tenantId);
  if (tenant === undefined) throw notFound('tenant');
  const host = hostOf(url);
  const limit = limitOf(tenant, 'endpoints_per_host');
  if (!(await hostPlaces.take(tenantId, { endpointId, host, limit, now })))
    throw new ProductError(
      'endpoint_limit_reached',
      `This tenant has at most ${limit} webhook endpoints with one host, and ${host} has as many. Use one of them, delete one first, or ask support for more.`,
    );
  // If this write is lost, the place is kept for a minute, whether the endpoint still exists or not.
  const settle = () => hostPlaces.settle(tenantId, { endpointId, host }).catch(() => undefined);
  try {
    const written = await write();
    await settle();
    return written;
  } catch (error) {
    // After any other error the row may be written, or may still come.
    if (error instanceof ProductError) await settle();
    throw error;
  }
}
