import * as z from 'zod/mini';
import { pick } from '../pick';
import { endpointSchema, type Endpoint } from './endpoint';
import { healthStateSchema, healthState, healthWarning } from './health';
import { withoutQuery } from './url-query';

/** An endpoint as every channel shows it. */
export const endpointViewSchema = z.extend(
  z.pick(endpointSchema, {
    id: true,
    url: true,
    events: true,
    description: true,
    body: true,
    max_per_second: true,
    status: true,
    disabled_reason: true,
    created_at: true,
  }),
  {
    /** The names of the custom headers. Their values are never shown. */
    headers: z.record(z.string(), z.null()),
    /** Until then the secret before the current one signs too; null if it no longer does. */
    previous_secret_until: z.nullable(z.string()),
    health: healthStateSchema,
    /** The first failure since the last success of an active endpoint; null if there was none. */
    failing_since: z.nullable(z.string()),
    /**
     * The last warning that was given, set once failures have lasted for half of the time after which the endpoint is
     * disabled. `disables_at` is the earliest time at which one more failure disables it, and null until that is certain.
     */
    warning: z.nullable(
      z.object({
        percent: z.union([z.literal(50), z.literal(90)]),
        failing_since: z.string(),
        disables_at: z.nullable(z.string()),
      }),
    ),
  },
);
export type EndpointView = z.infer<typeof endpointViewSchema>;

/**
 * The response to creating an endpoint and to rotating its secret, the only two that contain one. Repeated with its
 * Idempotency-Key, a creation is answered without it, and so is a rotation once another one came after it.
 */
export const endpointWithSecretSchema = z.extend(endpointViewSchema, { secret: z.optional(z.string()) });

/** @param mayChange whether the reader may change endpoints; whoever may not does not see the query of the URL */
export function viewEndpoint(endpoint: Endpoint, now: Date, mayChange: boolean): EndpointView {
  const { previous_until: until } = endpoint;
  return {
    ...pick(endpointViewSchema, endpoint),
    url: mayChange ? endpoint.url : withoutQuery(endpoint.url),
    headers: Object.fromEntries(Object.keys(endpoint.headers).map((name) => [name, null])),
    previous_secret_until: until !== undefined && Date.parse(until) > now.getTime() ? until : null,
    health: healthState(endpoint),
    failing_since: endpoint.status === 'active' ? endpoint.failing_since : null,
    warning: healthWarning(endpoint, now),
  };
}
