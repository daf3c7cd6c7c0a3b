import { invalidRequest, notFound, ProductError, type Fault } from '../errors';
import { keyInUse, takenAt } from '../idempotency';
import { once, type OnceDeps } from '../once';
import { lowerCaseNames } from './custom-headers';
import { limitOf } from '../tenant/limits';
import type { Endpoint, EndpointWrite } from './endpoint';
import { healthy } from './health';
import { hostOf } from './host/name';
import { writeAtHost, type HostPlaceDeps } from './host-place';
import { usualPerSecond } from './rate';
import { newSigningSecret } from './signature';
import { requireEndpointUrl, type EndpointUrlPolicy } from './url';

export interface CreateEndpointDeps extends HostPlaceDeps, OnceDeps {
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

export interface CreatedEndpoint {
  readonly endpoint: Endpoint;
  /** Shown only once: undefined for a replay of the same request. */
  readonly secret: string | undefined;
  readonly replayed: boolean;
}

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
  const { tenantId, write } = command;
  const key = keyInUse(command.idempotencyKey, 'create_endpoint', command.body);
  const [now, id] = [deps.now(), deps.newEndpointId()];
  const { done, replayed } = await once<Omit<CreatedEndpoint, 'replayed'>>(deps, tenantId, key, {
    id,
    now,
    replay: async (result) => {
      const endpoint = await deps.endpoints.get(tenantId, result);
      // It was deleted since.
      if (endpoint === undefined) throw notFound('endpoint');
      return { endpoint, secret: undefined };
    },
    find: async (claim) => {
      const endpoint = key && (await deps.endpoints.findByKey(tenantId, key.hash, takenAt(claim).toISOString()));
      return endpoint && { done: { endpoint, secret: undefined }, result: endpoint.id };
    },
    begin: () => {
      if (write === undefined || command.faults.length > 0) throw invalidRequest(command.faults);
      const url = requireEndpointUrl(write.url, command.policy, '#/url');
      return async () => {
        const endpoint = newEndpoint(id, { ...write, url }, now);
        const secret = write.secret ?? newSigningSecret();
        await writeAtHost(deps, tenantId, endpoint, now, async () => {
          if (!(await deps.endpoints.create(tenantId, endpoint, { secret, keyHash: key?.hash }, now)))
            throw await limitReached(deps, tenantId);
        });
        return { done: { endpoint, secret }, result: endpoint.id };
      };
    },
  });
  return { ...done, replayed };
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
