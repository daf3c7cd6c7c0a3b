import { isDeliveryId } from '../../functions/domain/delivery/ids';
import { activeSecrets } from '../../functions/domain/endpoint/endpoint';
import type { KnownDelivery } from '../inbox/senders';
import type { Stores } from './stores';

/**
 * Finds the delivery with a `webhook-id`, and the secrets that its receiver would have. A key begins with the tenant,
 * which a webhook does not name, so this searches every tenant. A local run has only a handful of them.
 */
export async function findDelivery(stores: Stores, webhookId: string, now: Date): Promise<KnownDelivery | undefined> {
  if (!isDeliveryId(webhookId)) return undefined;
  for (const { id: tenantId } of await stores.tenants.list()) {
    const delivery = await stores.deliveries.get(tenantId, webhookId, now);
    if (!delivery) continue;
    const { endpoint } = await stores.attempts.context(tenantId, webhookId);
    const secrets = endpoint ? activeSecrets(endpoint.secrets, now) : [];
    return { tenantId, endpointId: delivery.endpoint_id, event: delivery.event, secrets };
  }
  return undefined;
}
