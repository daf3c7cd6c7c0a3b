import { addSeconds } from '../day';
import { invalidRequest, notFound, ProductError, type Fault } from '../errors';
import {
  claimHours,
  fingerprint,
  hashKey,
  inProgress,
  judgeClaim,
  type Claim,
  type Claims,
  type KeyInUse,
} from '../idempotency';
import { lowerCaseNames } from './custom-headers';
import { limitOf } from '../tenant/limits';
import type { Endpoint, EndpointWrite } from './endpoint';
import { healthy } from './health';
import { hostOf } from './host/name';
import { writeAtHost, type HostPlaceDeps } from './host-place';
import { usualPerSecond } from './rate';
import { newSigningSecret } from './signature';
import { requireEndpointUrl, type EndpointUrlPolicy } from './url';

export interface CreateEndpointDeps extends HostPlaceDeps {
  readonly endpoints: {
    get(tenantId: string, endpointId: string): Promise<Endpoint | undefined>;
    findByKey(tenantId: string, keyHash: string, createdSince: string): Promise<Endpoint | undefined>;
    /** False if the tenant already has the maximum number of endpoints. */
    create(
      tenantId: string,
      endpoint: Endpoint,
      kept: { secret: string; keyHash: string | undefined },
      now: Date,
    ): Promise<boolean>;
  };
  readonly claims: Claims & { get(tenantId: string, keyHash: string): Promise<Claim | undefined> };
  readonly newEndpointId: () => string;
  readonly now: () => Date;
}

interface CreateEndpointCommand {
  readonly tenantId: string;
  /** The body as sent. Two requests with one key are the same request if their bodies are equal. */
  readonly body: unknown;
  /** The parsed body; undefined if there are `faults`. */
  readonly write: EndpointWrite | undefined;
  readonly faults: readonly Fault[];
  readonly idempotencyKey: string | undefined;
  readonly policy: EndpointUrlPolicy;
}

/** `secret` is shown only once: a replay of the same request does not contain it. */
export type CreatedEndpoint =
  | { readonly endpoint: Endpoint; readonly secret: string; readonly replayed: false }
  | { readonly endpoint: Endpoint; readonly replayed: true };

/**
 * Registers a webhook endpoint. Order: idempotent replay, shape and URL (422), the tenant's limits (409).
 *
 * @throws ProductError `idempotency_key_reused`, `idempotency_in_progress`, `invalid_request`, `endpoint_url_not_allowed`,
 *   `endpoint_limit_reached`
 */
export async function createEndpoint(
  deps: CreateEndpointDeps,
  command: CreateEndpointCommand,
): Promise<CreatedEndpoint> {
  const { tenantId, idempotencyKey, write } = command;
  const key: KeyInUse | undefined =
    idempotencyKey === undefined
      ? undefined
      : { hash: hashKey(idempotencyKey), fingerprint: fingerprint('create_endpoint', command.body) };
  const seen = key && (await deps.claims.get(tenantId, key.hash));
  const earlier = key && (await findEarlier(deps, tenantId, key, seen));
  if (earlier !== undefined) return { endpoint: earlier, replayed: true };

  if (write === undefined || command.faults.length > 0) throw invalidRequest(command.faults);
  const url = requireEndpointUrl(write.url, command.policy, '#/url');
  const now = deps.now();
  const id = deps.newEndpointId();
  const request = key && { fingerprint: key.fingerprint, holder: id, lastRunNumber: 0, now };
  const claim = key && request && (await deps.claims.take(tenantId, key.hash, request, seen));
  if (key !== undefined && claim === undefined) throw inProgress();
  try {
    const endpoint = newEndpoint(id, { ...write, url }, now);
    const secret = write.secret ?? newSigningSecret();
    await writeAtHost(deps, tenantId, endpoint, now, async () => {
      if (!(await deps.endpoints.create(tenantId, endpoint, { secret, keyHash: key?.hash }, now)))
        throw await limitReached(deps, tenantId);
    });
    // If this write is lost, the lease runs out; the next request with the same key takes the claim over and finds the
    // endpoint by the key on its row.
    if (key && claim) await deps.claims.complete(tenantId, key.hash, claim, endpoint.id).catch(() => false);
    return { endpoint, secret, replayed: false };
  } catch (error) {
    // After any other error the endpoint may exist. The claim is kept until its lease runs out, and the next request with
    // the same key looks for the endpoint.
    if (key && claim && error instanceof ProductError)
      await deps.claims.drop(tenantId, key.hash, claim).catch(() => false);
    throw error;
  }
}

/**
 * The endpoint that an earlier request with this key made, even if that request died before it recorded the result.
 *
 * @throws ProductError `not_found` if that endpoint was deleted since
 */
async function findEarlier(
  deps: CreateEndpointDeps,
  tenantId: string,
  key: KeyInUse,
  claim: Claim | undefined,
): Promise<Endpoint | undefined> {
  const judged = judgeClaim(claim, key.fingerprint, deps.now());
  if (judged === 'new' || claim === undefined) return undefined;
  if (judged === 'take_over') {
    const takenAt = addSeconds(new Date(claim.expires_at), -claimHours * 3600);
    const orphan = await deps.endpoints.findByKey(tenantId, key.hash, takenAt.toISOString());
    // If this write is lost, the next repeat looks for the endpoint by its key again.
    if (orphan !== undefined) await deps.claims.complete(tenantId, key.hash, claim, orphan.id).catch(() => false);
    return orphan;
  }
  const endpoint = await deps.endpoints.get(tenantId, judged.replay);
  if (endpoint === undefined) throw notFound('endpoint');
  return endpoint;
}

/** What the audit row of an endpoint's creation says: only the host, as the rest of a webhook URL is often a secret. */
export function factsOfEndpoint({ url }: Pick<Endpoint, 'url'>): { readonly host: string } {
  return { host: hostOf(url) };
}

function newEndpoint(id: string, write: EndpointWrite, now: Date): Endpoint {
  return {
    id,
    url: write.url,
    events: write.events,
    description: write.description ?? null,
    body: write.body ?? 'envelope',
    headers: lowerCaseNames(write.headers ?? {}),
    max_per_second: write.max_per_second ?? usualPerSecond,
    status: 'active',
    disabled_reason: null,
    disabled_at: null,
    disabling_announced: true,
    ...healthy,
    address_mark: null,
    created_at: now.toISOString(),
    updated_at: now.toISOString(),
    edit_mark: null,
  };
}

/** The tenant is read anew, because the one of the request may be some seconds old. */
async function limitReached({ tenants }: CreateEndpointDeps, tenantId: string): Promise<ProductError> {
  const tenant = await tenants.get(tenantId);
  if (tenant === undefined) return notFound('tenant');
  return new ProductError(
    'endpoint_limit_reached',
    `This tenant has at most ${limitOf(tenant, 'webhook_endpoints')} webhook endpoints; delete one first, or ask support for more.`,
  );
}
