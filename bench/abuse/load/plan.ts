import * as z from 'zod/mini';

/** A request that an attacker sends. Its path, headers and body may contain the placeholders of `made-up.ts`. */
export const attackRequestSchema = z.object({
  method: z.string(),
  path: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.optional(z.string()),
});
export type AttackRequest = z.infer<typeof attackRequestSchema>;

/** What the load generator is told. It sends the requests in turn over each connection, without a pause. */
export const loadPlanSchema = z.object({
  origin: z.string(),
  issuer: z.string(),
  connections: z.int(),
  requests: z.array(attackRequestSchema),
  /** Requests after which it stops by itself. */
  most: z.optional(z.int()),
});
export type LoadPlan = z.infer<typeof loadPlanSchema>;

/** What the load generator tells when it is stopped. */
export const loadResultSchema = z.object({
  seconds: z.number(),
  /** Answered requests by outcome, such as `200` or `429 rate_limited`. */
  outcomes: z.record(z.string(), z.int()),
  /** Requests that were neither answered nor refused when the load was stopped. */
  unanswered: z.int(),
  /** The longest time that one answer took. */
  longestMs: z.number(),
});
export type LoadResult = z.infer<typeof loadResultSchema>;
