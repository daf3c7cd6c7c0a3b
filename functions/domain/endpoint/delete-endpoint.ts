import type { Claims } from '../idempotency';

export interface DeleteEndpointDeps {
  readonly endpoints: {
    delete(
      tenantId: string,
      endpointId: string,
      now: Date,
    ): Promise<{ readonly keyHash: string | undefined } | undefined>;
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
 */
export async function deleteEndpoint(deps: DeleteEndpointDeps, tenantId: string, endpointId: string): Promise<boolean> {
  const deleted = await deps.endpoints.delete(tenantId, endpointId, deps.now());
  if (deleted === undefined) return false;
  // The holder of a claim to make an endpoint is that endpoint's id. If this write is lost, a repeat within the claim's
  // 24 hours makes a new endpoint, as it does for claims of the release before.
  if (deleted.keyHash !== undefined)
    await deps.claims
      .complete(tenantId, deleted.keyHash, { holder: endpointId, lease_until: '' }, endpointId)
      .catch(() => false);
  return true;
}
