import type { Plan } from './plan';
import type { Tenant } from './tenant';

interface LimitRules {
  /** The limit of every tenant that has no number of its own; by plan where the plans differ. */
  readonly default: number | Readonly<Record<Plan, number>>;
  /** The smallest and the largest number that an operator may set. */
  readonly min: number;
  readonly max: number;
  /** What is counted, as a plural noun. */
  readonly unit: string;
  /** What the limit bounds, as a phrase for tables. */
  readonly bounds: string;
}

/**
 * Every bound of a tenant that an operator may change with `limits set`. A new one is one line here, because the
 * operator's commands, the documentation and the tests read this table.
 */
export const limits = {
  webhook_endpoints: {
    default: 50,
    min: 1,
    // Each event is compared with every endpoint, and may become a delivery to each.
    max: 100,
    unit: 'endpoints',
    bounds: 'webhook endpoints of one tenant',
  },
  endpoints_per_host: {
    // Several tools of one receiver, such as the channels of a chat, have one host.
    default: 10,
    min: 1,
    // Each endpoint may send once a second then: a host gets 50 attempts a second in all.
    max: 50,
    unit: 'endpoints',
    bounds: 'webhook endpoints of one tenant with the same host',
  },
  webhook_tests_per_hour: {
    // More than a person tries out, or a program checks 50 endpoints with, in an hour.
    default: 100,
    min: 1,
    max: 1_000,
    unit: 'tests',
    bounds: 'test events that one tenant sends in an hour',
  },
  redeliveries_per_hour: {
    // Two full calls of `redeliver-failed`. About 10 US$ per million, so 0.50 US$ for a day of doing nothing else.
    default: 2_000,
    min: 1,
    max: 50_000,
    unit: 'redeliveries',
    bounds: 'deliveries that one tenant sends again in an hour',
  },
} satisfies Readonly<Record<string, LimitRules>>;
export type LimitName = keyof typeof limits;

export const limitNames = Object.keys(limits).filter(isLimitName);

export function isLimitName(name: string): name is LimitName {
  return Object.hasOwn(limits, name);
}

/** The rules of a limit; the table itself knows only the shape of each line. */
export function rulesOf(name: LimitName): LimitRules {
  return limits[name];
}

/** The limit of a tenant that has no number of its own. */
export function defaultLimit(plan: Plan, name: LimitName): number {
  const { default: standard } = rulesOf(name);
  return typeof standard === 'number' ? standard : standard[plan];
}

/** The limit in force: the number that an operator gave this tenant, or the default. */
export function limitOf(tenant: Pick<Tenant, 'plan' | 'limits'>, name: LimitName): number {
  return tenant.limits?.[name] ?? defaultLimit(tenant.plan, name);
}
