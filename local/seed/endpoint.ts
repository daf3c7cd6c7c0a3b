import type { Endpoint } from '../../functions/domain/endpoint/endpoint';
import { healthy } from '../../functions/domain/endpoint/health';
import { newEndpointId } from '../../functions/domain/endpoint/id';
import { usualPerSecond } from '../../functions/domain/endpoint/rate';
import { newSigningSecret } from '../../functions/domain/endpoint/signature';
import { auditIds } from '../../functions/domain/tenant/audit-ids';
import { auditFirstStart } from './audit';
import type { Stores } from './stores';
import type { SeededTenant } from './tenants';

/** Creates the endpoint that receives the campaign events of a tenant in the local inbox. */
export async function seedEndpoint(
  stores: Stores,
  tenant: SeededTenant,
  inboxOrigin: string,
  now: Date,
): Promise<void> {
  const url = `${inboxOrigin}/hooks/${tenant.id}/campaigns`;
  const existing = (await stores.endpoints.list(tenant.id)).find((endpoint) => endpoint.url === url);
  const endpoint = existing ?? inboxEndpoint(tenant, url, now);
  if (existing === undefined)
    await stores.endpoints.create(tenant.id, endpoint, { secret: newSigningSecret(), keyHash: undefined }, now);
  const { id: target, created_at: at } = endpoint;
  const id = auditIds.endpointCreated(target, at);
  await auditFirstStart(stores, tenant.id, { id, at, action: 'endpoint.created', target });
}

function inboxEndpoint({ plan }: SeededTenant, url: string, now: Date): Endpoint {
  const at = now.toISOString();
  return {
    id: newEndpointId(),
    url,
    events: ['campaign.*'],
    description: `The local inbox, which receives the campaign events of the ${plan} tenant`,
    body: 'envelope',
    headers: {},
    max_per_second: usualPerSecond,
    status: 'active',
    disabled_reason: null,
    disabled_at: null,
    disabling_announced: false,
    ...healthy,
    edit_mark: null,
    address_mark: null,
    created_at: at,
    updated_at: at,
  };
}
