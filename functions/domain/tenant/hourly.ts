import { notFound, ProductError } from '../errors';
import { limitOf, type LimitName } from './limits';
import type { Tenant } from './tenant';

/** The limits that count what a tenant does in one hour. */
export type HourlyLimit = Extract<
  LimitName,
  'webhook_tests_per_hour' | 'redeliveries_per_hour' | 'app_tokens_per_hour'
>;

export interface HourlyDeps {
  readonly tenants: { get(tenantId: string): Promise<Tenant | undefined> };
  readonly hourCounts: {
    /** How many were counted in the hour so far. */
    used(tenantId: string, name: HourlyLimit, hour: string): Promise<number>;
    /** Counts as many of `wanted` as the limit allows, and returns how many. */
    take(
      tenantId: string,
      name: HourlyLimit,
      hour: string,
      counted: { wanted: number; limit: number },
    ): Promise<number>;
  };
}

const what: Readonly<Record<HourlyLimit, string>> = {
  webhook_tests_per_hour: 'test events',
  redeliveries_per_hour: 'redeliveries',
  app_tokens_per_hour: 'token requests of connected apps',
};

/** How many more the tenant may do in this hour. The hours are those of the UTC clock. */
export async function leftThisHour(
  { tenants, hourCounts }: HourlyDeps,
  tenantId: string,
  name: HourlyLimit,
  now: Date,
): Promise<number> {
  const limit = await limitNow({ tenants }, tenantId, name);
  return Math.max(0, limit - (await hourCounts.used(tenantId, name, hourOf(now))));
}

/**
 * Counts what the tenant is about to do.
 *
 * @param wanted at least 1
 * @returns how many of them it may do: fewer than `wanted` if the limit is reached
 * @throws ProductError `rate_limited` if it may do none
 */
export async function countThisHour(
  { tenants, hourCounts }: HourlyDeps,
  tenantId: string,
  { name, wanted, now }: { readonly name: HourlyLimit; readonly wanted: number; readonly now: Date },
): Promise<number> {
  const limit = await limitNow({ tenants }, tenantId, name);
  const granted = await hourCounts.take(tenantId, name, hourOf(now), { wanted, limit });
  if (granted === 0) throw usedUp(name, limit, now);
  return granted;
}

/** `2026-11-29T12` */
function hourOf(now: Date): string {
  return now.toISOString().slice(0, 13);
}

/** The tenant is read anew, because the one of the request may be some seconds old. */
async function limitNow(
  { tenants }: Pick<HourlyDeps, 'tenants'>,
  tenantId: string,
  name: HourlyLimit,
): Promise<number> {
  const tenant = await tenants.get(tenantId);
  if (tenant === undefined) throw notFound('tenant');
  return limitOf(tenant, name);
}

function usedUp(name: HourlyLimit, limit: number, now: Date): ProductError {
  const nextHour = new Date(now);
  nextHour.setUTCMinutes(60, 0, 0);
  return new ProductError(
    'rate_limited',
    `This tenant has used its ${limit} ${what[name]} of this hour; go on at ${nextHour.toISOString().slice(11, 16)} UTC, or ask support for more.`,
    { retryAfterSeconds: Math.ceil((nextHour.getTime() - now.getTime()) / 1000) },
  );
}
