import * as z from 'zod/mini';
import { defaultAppDays, maxAppDays } from './connected-app';
import { mcpScopeSchema } from './token';

/** What an app asks for, as the page shows it to the person who decides. */
export const authorizationRequestSchema = z.object({
  /** As the app calls itself. */
  name: z.string(),
  /** The host that proves the name, because it serves the app's metadata; null if anybody could have chosen the name. */
  host: z.nullable(z.string()),
  /** Where the person, and with them the app's code, is sent after the decision. */
  redirect_host: z.string(),
  /** True if that is a program on the person's own machine. */
  redirects_to_this_machine: z.boolean(),
  /** What the app may do if it is approved. */
  scope: mcpScopeSchema,
  /** After this time the app must ask again. RFC 3339. */
  decide_before: z.string(),
});
export type AuthorizationRequest = z.infer<typeof authorizationRequestSchema>;

/** A person's answer, for the tenant that `X-Tenant-Id` names. */
export const authorizationDecisionSchema = z.discriminatedUnion('decision', [
  z.strictObject({
    decision: z.literal('approve'),
    /** Whole days until the app must ask again. */
    expires_in_days: z._default(z.int().check(z.minimum(1), z.maximum(maxAppDays)), defaultAppDays),
  }),
  z.strictObject({ decision: z.literal('deny') }),
]);

/** Where the page leads the browser after the decision. */
export const authorizationOutcomeSchema = z.object({ location: z.string() });
export type AuthorizationOutcome = z.infer<typeof authorizationOutcomeSchema>;
