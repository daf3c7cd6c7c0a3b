import * as z from 'zod/mini';

/** Every change a person, a token or an operator can make, besides starting a run (the run's row says who did). */
export const auditActionSchema = z.enum([
  'run.cancelled',
  'run.rerun',
  'workflow.created',
  'workflow.updated',
  'workflow.activated',
  'workflow.deactivated',
  'endpoint.created',
  'endpoint.updated',
  'endpoint.deleted',
  'endpoint.disabled',
  'endpoint.enabled',
  'endpoint.failing',
  'endpoint.secret_rotated',
  'endpoint.tested',
  'delivery.redelivered',
  'token.created',
  'token.revoked',
  'member.added',
  'member.removed',
  'member.permissions_changed',
  'member.bound',
  'tenant.created',
  'tenant.plan_changed',
  'tenant.cap_changed',
  'tenant.authoring_changed',
  'tenant.reconciled',
]);
export type AuditAction = z.infer<typeof auditActionSchema>;

/** One append-only row per change. Holds no secrets and no bodies. */
export const auditEntrySchema = z.object({
  at: z.string(),
  /** Who, and through which door; `operator` acts with AWS credentials, `system` is the product itself. */
  actor: z.object({ channel: z.enum(['dashboard', 'rest_api', 'mcp', 'operator', 'system']), name: z.string() }),
  action: auditActionSchema,
  /** The product's id of what changed, such as `workflow 3`, `run 12`, `ep_…`. */
  target: z.string(),
  request_id: z.string(),
  /** Plain facts of the change, such as the new plan or the recipe's hash. */
  detail: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** A change as it is read again. */
export const auditEventSchema = z.extend(auditEntrySchema, { id: z.string() });
export type AuditEvent = z.infer<typeof auditEventSchema>;
