import type { EndpointUrlPolicy } from '../../domain/endpoint/url';
import type { Call } from '../../edge/http/route';
import type { RestApiDeps } from '../deps';

/** What this call's webhooks may not target: the configured hosts of this product and the one it came to. */
export function urlPolicyOf(
  call: Call,
  { ownHosts, localInboxOrigin }: Pick<RestApiDeps, 'ownHosts' | 'localInboxOrigin'>,
): EndpointUrlPolicy {
  return { ownHosts: [...ownHosts, call.request.domainName], localInboxOrigin };
}
