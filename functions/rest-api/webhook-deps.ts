import { notFound } from '../domain/errors';
import { isDeliveryId } from '../domain/webhook-ids';
import type { Call } from '../edge/route';
import { isEndpointId } from '../domain/endpoint-id';

/** Text that cannot be an id is one that does not exist. */
export function endpointIdOf(call: Call): string {
  const id = call.params['endpoint_id'] ?? '';
  if (!isEndpointId(id)) throw notFound('endpoint');
  return id;
}

export function deliveryIdOf(call: Call): string {
  const id = call.params['delivery_id'] ?? '';
  if (!isDeliveryId(id)) throw notFound('delivery');
  return id;
}
