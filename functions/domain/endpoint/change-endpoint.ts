import { lowerCaseNames } from './custom-headers';
import type { Endpoint, EndpointPatch } from './endpoint';
import { enabled } from './health';
import { requireEndpointUrl, type EndpointUrlPolicy } from './url';

/**
 * The attributes that a change writes. Enabling an endpoint clears its failures; disabling it is announced like any
 * other disabling. A status that it already has is not written.
 *
 * @throws ProductError `endpoint_url_not_allowed`
 */
export function endpointChanges(
  endpoint: Endpoint,
  patch: EndpointPatch,
  policy: EndpointUrlPolicy,
  now: Date,
): Partial<Endpoint> {
  const at = now.toISOString();
  return {
    ...(patch.url !== undefined && { url: requireEndpointUrl(patch.url, policy, '#/url') }),
    ...(patch.events !== undefined && { events: patch.events }),
    ...(patch.description !== undefined && { description: patch.description }),
    ...(patch.body !== undefined && { body: patch.body }),
    ...(patch.headers !== undefined && { headers: lowerCaseNames(patch.headers) }),
    ...(patch.max_per_second !== undefined && { max_per_second: patch.max_per_second }),
    ...(patch.status === 'active' && endpoint.status === 'disabled' && enabled),
    ...(patch.status === 'disabled' &&
      endpoint.status === 'active' && {
        status: 'disabled',
        disabled_reason: 'by_request',
        disabled_at: at,
        disabling_announced: false,
      }),
    updated_at: at,
  };
}
