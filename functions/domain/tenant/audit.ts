import * as z from 'zod/mini';

/**
 * Every change that a person, a token or an operator can make, except for starting a run, whose row names who started
 * it.
 */
export const auditActionSchema = z.enum([
  'run.cancelled',
  'run.rerun',
  'workflow.created',
  'workflow.updated',
  'workflow.activated',
  'workflow.deactivated',
  'workflow.tool_offered',
  'workflow.tool_withdrawn',
  'endpoint.created',
  'endpoint.updated',
  'endpoint.deleted',
  'endpoint.disabled',
  'endpoint.enabled',
  'endpoint.failing',
  'endpoint.secret_rotated',
  'endpoint.previous_secret_expired',
  'endpoint.tested',
  'delivery.redelivered',
  'token.created',
  'token.revoked',
  'app.approved',
  'app.refreshed',
  'app.revoked',
  'app.reuse_detected',
  'member.added',
  'member.removed',
  'member.permissions_changed',
  'member.bound',
  'tenant.created',
  'tenant.plan_changed',
  'tenant.cap_changed',
  'tenant.limit_changed',
  'tenant.authoring_changed',
  'tenant.reconciled',
]);
export type AuditAction = z.infer<typeof auditActionSchema>;

/** One append-only row for each change. It contains no secrets and no bodies. */
export const auditEntrySchema = z.object({
  at: z.string(),
  /**
   * Who made the change, and through which door. `operator` acts with AWS credentials; `system` is the product itself.
   */
  actor: z.object({ channel: z.enum(['dashboard', 'rest_api', 'mcp', 'operator', 'system']), name: z.string() }),
  action: auditActionSchema,
  /** The product's id of what changed, such as `workflow 3`, `run 12`, `ep_…`. */
  target: z.string(),
  request_id: z.string(),
  /** Facts about the change, such as the new plan or the hash of a recipe. */
  detail: z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** An audit row as it is read. */
export const auditEventSchema = z.extend(auditEntrySchema, { id: z.string() });
export type AuditEvent = z.infer<typeof auditEventSchema>;
