import { isDeliveryId } from '../domain/delivery/ids';
import { isEndpointId } from '../domain/endpoint/id';
import { notFound } from '../domain/errors';
import type { Call } from '../edge/http/route';

/** Text that cannot be an id is treated as an id that does not exist. */
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
