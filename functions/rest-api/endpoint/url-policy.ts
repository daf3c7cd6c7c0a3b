import type { EndpointUrlPolicy } from '../../domain/endpoint/url';
import type { Call } from '../../edge/http/route';
import type { RestApiDeps } from '../deps';

/**
 * The hosts that webhooks of this call must not target: the configured hosts of this product and the one that the call
 * came to.
 */
export function urlPolicyOf(
  call: Call,
  { ownHosts, localInboxOrigin }: Pick<RestApiDeps, 'ownHosts' | 'localInboxOrigin'>,
): EndpointUrlPolicy {
  return { ownHosts: [...ownHosts, call.request.domainName], localInboxOrigin };
}
