import * as z from 'zod/mini';
import { pick } from '../pick';
import { endpointSchema, type Endpoint } from './endpoint';
import { healthWarning } from './health';

/** An endpoint as every door shows it. */
export const endpointViewSchema = z.extend(
  z.pick(endpointSchema, {
    id: true,
    url: true,
    events: true,
    description: true,
    body: true,
    headers: true,
    max_per_second: true,
    status: true,
    disabled_reason: true,
    created_at: true,
  }),
  {
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

/** The only two responses that contain a secret: to creating an endpoint and to rotating its secret. */
export const endpointWithSecretSchema = z.extend(endpointViewSchema, { secret: z.string() });
/** A create call repeated with its Idempotency-Key gets the endpoint without the secret. */
export const createdEndpointSchema = z.partial(endpointWithSecretSchema, { secret: true });

export function viewEndpoint(endpoint: Endpoint, now: Date): EndpointView {
  return { ...pick(endpointViewSchema, endpoint), warning: healthWarning(endpoint, now) };
}
