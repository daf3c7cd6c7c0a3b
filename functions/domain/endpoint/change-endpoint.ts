import { afterAll } from '../day';
import { invalidRequest, ProductError, type Fault } from '../errors';
import { pointer } from '../faults';
import { lowerCaseNames } from './custom-headers';
import { isConditional, requireExpected, type Expected } from '../revision';
import { decisiveAndTime, endpointRevision, revisedBy, type Endpoint, type EndpointPatch } from './endpoint';
import { disabled, enabled, healthy } from './health';
import { hostOf } from './host/name';
import { writeAtHost, type HostPlaceDeps } from './host-place';
import { requireEndpointUrl, type EndpointUrlPolicy } from './url';

export interface ChangeEndpointDeps extends HostPlaceDeps {
  readonly endpoints: {
    get(tenantId: string, endpointId: string): Promise<Endpoint | undefined>;
    /** Writes nothing if one of the attributes `by` has changed since `decidedBy` was read. */
    update(
      tenantId: string,
      endpointId: string,
      changes: Partial<Endpoint>,
      decidedBy: Endpoint,
      by: readonly (keyof Endpoint)[],
    ): Promise<Endpoint | 'changed_meanwhile' | undefined>;
  };
}

/** How often a change is decided anew. Only people and the rare disabling change what it is decided by, or its time. */
const maxDecided = 5;

/**
 * Changes an endpoint. What a change writes depends on the endpoint, and an attempt may disable that meanwhile; then the
 * change is decided again.
 *
 * @param decide the attributes to write, from the endpoint as it is
 * @returns undefined if there is no such endpoint
 * @throws ProductError `version_conflict`, `endpoint_limit_reached`, `unavailable`, and what `decide` throws
 */
export async function changeEndpoint(
  deps: ChangeEndpointDeps,
  tenantId: string,
  before: Endpoint,
  decide: (endpoint: Endpoint) => Partial<Endpoint>,
  now: Date,
  expected: Expected = {},
): Promise<{ readonly after: Endpoint; readonly changes: Partial<Endpoint> } | undefined> {
  const by = isConditional(expected) ? revisedBy : decisiveAndTime;
  let seen: Endpoint | undefined = before;
  for (let tried = 0; tried < maxDecided && seen !== undefined; tried += 1) {
    const decidedBy = seen;
    requireExpected(expected, endpointRevision(decidedBy));
    const changes = decide(decidedBy);
    const { url } = changes;
    const update = () => deps.endpoints.update(tenantId, before.id, changes, decidedBy, by);
    const after =
      url === undefined || hostOf(url) === hostOf(decidedBy.url)
        ? await update()
        : await writeAtHost(deps, tenantId, { id: before.id, url }, now, update);
    if (after !== 'changed_meanwhile') return after && { after, changes };
    seen = await deps.endpoints.get(tenantId, before.id);
  }
  if (seen === undefined) return undefined;
  throw changedByOthers();
}

/** A change, or a deletion, that was overtaken each time it was decided. */
export function changedByOthers(): ProductError {
  return new ProductError('unavailable', 'The endpoint is being changed by others just now; try again.', {
    retryAfterSeconds: 1,
  });
}

/**
 * The attributes that a change writes. Enabling an endpoint clears its failures, and so does a new URL, because they were
 * failures of the old one; disabling it is announced like any other disabling. A status or URL that it already has is
 * not written.
 *
 * @throws ProductError `endpoint_url_not_allowed`; `invalid_request` for a header without a value that is not stored
 */
export function endpointChanges(
  endpoint: Endpoint,
  patch: EndpointPatch,
  policy: EndpointUrlPolicy,
  now: Date,
): Partial<Endpoint> {
  const at = afterAll(now, [endpoint.updated_at, endpoint.disabled_at]).toISOString();
  const url = patch.url === undefined ? undefined : requireEndpointUrl(patch.url, policy, '#/url');
  return {
    ...(url !== undefined && url !== endpoint.url && { url, ...healthy }),
    ...(patch.events !== undefined && { events: patch.events }),
    ...(patch.description !== undefined && { description: patch.description }),
    ...(patch.body !== undefined && { body: patch.body }),
    ...(patch.headers !== undefined && { headers: headersAfter(endpoint.headers, patch.headers) }),
    ...(patch.max_per_second !== undefined && { max_per_second: patch.max_per_second }),
    ...(patch.status === 'active' && endpoint.status === 'disabled' && enabled),
    ...(patch.status === 'disabled' && endpoint.status === 'active' && disabled('by_request', at)),
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
