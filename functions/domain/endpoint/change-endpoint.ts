import { invalidRequest, type Fault } from '../errors';
import { pointer } from '../faults';
import { lowerCaseNames } from './custom-headers';
import type { Endpoint, EndpointPatch } from './endpoint';
import { enabled } from './health';
import { requireEndpointUrl, type EndpointUrlPolicy } from './url';

/**
 * The attributes that a change writes. Enabling an endpoint clears its failures; disabling it is announced like any
 * other disabling. A status that it already has is not written.
 *
 * @throws ProductError `endpoint_url_not_allowed`; `invalid_request` for a header without a value that is not stored
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
    ...(patch.headers !== undefined && { headers: headersAfter(endpoint.headers, patch.headers) }),
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

/** Values are never shown, so whoever sends the headers back as they were shown keeps their values. */
function headersAfter(
  stored: Endpoint['headers'],
  patch: Readonly<Record<string, string | null>>,
): Record<string, string> {
  const known = new Map(Object.entries(stored));
  const named = Object.entries(lowerCaseNames(patch)).map(([name, value]) => [name, value ?? known.get(name)] as const);
  const faults = named.flatMap(([name, value]) => (value === undefined ? [nothingToKeep(name)] : []));
  if (faults.length > 0) throw invalidRequest(faults);
  return Object.fromEntries(named.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function nothingToKeep(name: string): Fault {
  const detail = 'null keeps the stored value, and no header of this name is stored; send its value.';
  return { pointer: pointer(['headers', name]), code: 'unknown_header', detail };
}
