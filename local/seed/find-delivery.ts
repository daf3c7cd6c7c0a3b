import { isDeliveryId } from '../../functions/domain/delivery/ids';
import { activeSecrets } from '../../functions/domain/endpoint/endpoint';
import type { KnownDelivery } from '../inbox/start-inbox';
import type { Stores } from './stores';

/**
 * The delivery a `webhook-id` stands for, with the secrets its receiver would have. Keys start with the tenant and a
 * webhook names none, so each tenant is asked; here are a handful.
 */
export async function findDelivery(stores: Stores, webhookId: string, now: Date): Promise<KnownDelivery | undefined> {
  if (!isDeliveryId(webhookId)) return undefined;
  for (const { id: tenantId } of await stores.tenants.list()) {
    const delivery = await stores.deliveries.get(tenantId, webhookId, now);
    if (!delivery) continue;
    const { endpoint } = await stores.attempts.context(tenantId, delivery);
    const secrets = endpoint ? activeSecrets(endpoint.secrets, now) : [];
    return { tenantId, endpointId: delivery.endpoint_id, event: delivery.event, secrets };
  }
  return undefined;
}
