import * as z from 'zod/mini';
import { boundsOfDay } from '../day';
import { type DailyCapState, ProductError } from '../errors';
import { planSchema, plans, type Plan } from './plan';

/** A tenant as stored on its one item, without its per-day counts. */
export const tenantSchema = z.object({
  id: z.string(),
  name: z.string(),
  plan: planSchema,
  /** True if there is no daily cap; `daily_cap` is then ignored. */
  unlimited: z.boolean(),
  daily_cap: z.int(),
  /** True if the tenant may write its own recipes. */
  authoring: z.boolean(),
  /** A random key in base64 that signs this tenant's list cursors. */
  cursor_key: z.string(),
  last_run_number: z.int(),
  settled_upto: z.int(),
  /** Accepted runs by UTC day: of the last days, or of all that are kept. */
  used_by_day: z.record(z.string(), z.int()),
  /** Limits that an operator gave this tenant, by name; see `limits.ts`. Unknown names are ignored. */
  limits: z.optional(z.record(z.string(), z.int())),
});
export type Tenant = z.infer<typeof tenantSchema>;

export const tenantIdSchema = z
  .string()
  .check(z.regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'Lower-case letters, digits and hyphens, at most 63.'));

/** @param cursorKey 32 random bytes in base64 */
export function newTenant(
  given: Pick<Tenant, 'id' | 'name' | 'plan' | 'unlimited' | 'daily_cap' | 'authoring'>,
  cursorKey: string,
): Tenant {
  return { ...given, cursor_key: cursorKey, last_run_number: 0, settled_upto: 0, used_by_day: {} };
}

/** The cap to store for a plan; `override` is a number that an operator gave this tenant. */
export function capOf(plan: Plan, override?: number): { unlimited: boolean; daily_cap: number } {
  const cap = override ?? plans[plan].dailyRunCap;
  return cap === null ? { unlimited: true, daily_cap: 0 } : { unlimited: false, daily_cap: cap };
}

/** The state of the tenant's cap on `day`; null if it has no cap. */
export function dailyCapOf(
  tenant: Pick<Tenant, 'unlimited' | 'daily_cap'>,
  day: string,
  used: number,
): DailyCapState | null {
  if (tenant.unlimited) return null;
  return { cap: tenant.daily_cap, used, resetsAt: boundsOfDay(day).end };
}

/** @throws ProductError `permission_required` unless the tenant may write its own recipes */
export function requireAuthoring(tenant: Tenant): void {
  if (tenant.authoring) return;
  throw new ProductError(
    'permission_required',
    'This tenant does not author its own recipes; ask support to write or change one, or to switch authoring on.',
  );
}
