import type { Claims } from '../idempotency';
import { isConditional, requireExpected, type Expected } from '../revision';
import { changedByOthers } from './change-endpoint';
import { endpointRevision, type Endpoint } from './endpoint';

interface Deleted {
  /** The hash of the Idempotency-Key that the endpoint was created with. */
  readonly keyHash: string | undefined;
}

/** How often a deletion is judged anew. Only people and the rare disabling change what it is judged by. */
const maxJudged = 5;

export interface DeleteEndpointDeps {
  readonly endpoints: {
    get(tenantId: string, endpointId: string): Promise<Endpoint | undefined>;
    /** Undefined if there is no such endpoint, or if it was edited since `seen` was read. */
    delete(tenantId: string, endpointId: string, now: Date, seen?: Endpoint): Promise<Deleted | undefined>;
  };
  readonly claims: Pick<Claims, 'complete'>;
  readonly now: () => Date;
}

/**
 * Deletes a webhook endpoint. If the request that made it died before it could note the endpoint on its Idempotency-Key,
 * the key is completed here: nobody can find the endpoint by the key any more, and a repeat of that request would make a
 * second one. So a repeat gets 404 after the deletion, whether the first request was answered or not.
 *
 * @returns false when there is no such endpoint
 * @throws ProductError `version_conflict`, `unavailable`
 */
export async function deleteEndpoint(
  deps: DeleteEndpointDeps,
  tenantId: string,
  endpointId: string,
  expected: Expected = {},
): Promise<boolean> {
  const deleted = isConditional(expected)
    ? await deleteExpected(deps, tenantId, endpointId, expected)
    : await deps.endpoints.delete(tenantId, endpointId, deps.now());
  if (deleted === undefined) return false;
  // The holder of a claim to make an endpoint is that endpoint's id. If this write is lost, a repeat within the claim's
  // 24 hours makes a new endpoint, as it does for claims of the release before.
  if (deleted.keyHash !== undefined)
    await deps.claims
      .complete(tenantId, deleted.keyHash, { holder: endpointId, lease_until: '' }, endpointId)
      .catch(() => false);
  return true;
}

async function deleteExpected(
  { endpoints, now }: DeleteEndpointDeps,
  tenantId: string,
  endpointId: string,
  expected: Expected,
): Promise<Deleted | undefined> {
  for (let judged = 0; judged < maxJudged; judged += 1) {
    const seen = await endpoints.get(tenantId, endpointId);
    if (seen === undefined) return undefined;
    requireExpected(expected, endpointRevision(seen));
    const deleted = await endpoints.delete(tenantId, endpointId, now(), seen);
    if (deleted !== undefined) return deleted;
  }
  throw changedByOthers();
}
