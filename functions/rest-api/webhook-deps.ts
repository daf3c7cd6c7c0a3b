import type { EndpointUrlPolicy } from '../domain/endpoint-url';
import { notFound } from '../domain/errors';
import { isDeliveryId } from '../domain/webhook-ids';
import type { Call } from '../edge/route';
import type { RestApiDeps } from './deps';
import { isEndpointId } from '../domain/endpoint-id';

/** What this call's webhooks may not target: the configured hosts of this product and the one it came to. */
export function urlPolicyOf(
  call: Call,
  { ownHosts, localInboxOrigin }: Pick<RestApiDeps, 'ownHosts' | 'localInboxOrigin'>,
): EndpointUrlPolicy {
  return { ownHosts: [...ownHosts, call.request.domainName], localInboxOrigin };
}

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
