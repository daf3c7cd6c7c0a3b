import { ProductError } from '../errors';
import { plans, type Plan } from './plan';
import type { Tenant } from './tenant';

interface LimitRules {
  /** The limit of every tenant that has no number of its own; by plan where the plans differ. */
  readonly default: number | ((plan: Plan) => number);
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
  requests_per_minute: {
    default: (plan: Plan) => plans[plan].requestsPerMinute,
    min: 60,
    // Two tenants with this limit fill the stage's throttle.
    max: 30_000,
    unit: 'requests a minute',
    bounds: 'requests of one tenant a minute, over all channels together; one token or person may send half of them',
  },
  waiting_requests: {
    default: 10,
    min: 0,
    max: 100,
    unit: 'requests',
    bounds: 'requests of one tenant that wait for the end of a run at the same time',
  },
  active_tokens: {
    default: 100,
    min: 1,
    // Their ids are one item of at most 60 KB, which creating and revoking a token writes.
    max: 1000,
    unit: 'active tokens',
    bounds: 'access tokens that are neither revoked nor expired',
  },
  connected_apps: {
    default: 100,
    min: 1,
    // Their ids are one item, as those of tokens are.
    max: 1000,
    unit: 'connected apps',
    bounds: 'apps that members have approved for MCP and that are neither revoked nor expired',
  },
  workflows: {
    default: 1000,
    min: 1,
    // At the limit they are counted once a minute: 10,000 rows of 1.5 KB are 15 pages of a query, and at most 100 pages if every
    // recipe declares as many inputs as it may.
    max: 10_000,
    unit: 'workflows',
    bounds: 'workflows of one tenant, which are never deleted',
  },
  recipe_versions_per_day: {
    default: 500,
    min: 1,
    // 10,000 recipes of 64 KB are 640 MB a day.
    max: 10_000,
    unit: 'recipe versions',
    bounds: 'recipes that a tenant writes in one UTC day, in new workflows and new versions',
  },
  changes_per_day: {
    default: 2000,
    min: 1,
    max: 100_000,
    unit: 'changes',
    bounds: 'tokens and endpoints created, apps approved, endpoints changed and workflows activated in one UTC day',
  },
  members: {
    default: 200,
    min: 1,
    // E-mail addresses have at most 254 characters, and all of one tenant are one item of at most 400 KB.
    max: 1000,
    unit: 'members',
    bounds: 'people who may sign in to one tenant',
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
  app_tokens_per_hour: {
    // An app asks once an hour, so a hundred apps have twenty times what they need.
    default: 2_000,
    min: 100,
    max: 50_000,
    unit: 'token requests',
    bounds: 'requests for tokens by the connected apps of one tenant in an hour',
  },
} satisfies Readonly<Record<string, LimitRules>>;
export type LimitName = keyof typeof limits;

export const limitNames = Object.keys(limits).filter(isLimitName);

function isLimitName(name: string): name is LimitName {
  return Object.hasOwn(limits, name);
}

/** The rules of a limit; the table itself knows only the shape of each line. */
export function rulesOf(name: LimitName): LimitRules {
  return limits[name];
}

/** The limit of a tenant that has no number of its own. */
export function defaultLimit(plan: Plan, name: LimitName): number {
  const { default: standard } = rulesOf(name);
  return typeof standard === 'number' ? standard : standard(plan);
}

/** The limit in force: the number that an operator gave this tenant, or the default. */
export function limitOf(tenant: Pick<Tenant, 'plan' | 'limits'>, name: LimitName): number {
  return tenant.limits?.[name] ?? defaultLimit(tenant.plan, name);
}

/**
 * A refusal at a limit, which names the limit and its number.
 *
 * @param remedy a sentence that says what the tenant can do itself
 * @param retryAfterSeconds the time until the limit counts from 0 again, if it does
 */
export function limitReached(
  tenant: Pick<Tenant, 'plan' | 'limits'>,
  name: LimitName,
  remedy: string,
  retryAfterSeconds?: number,
): ProductError {
  return new ProductError(
    'limit_reached',
    `This tenant has reached its limit \`${name}\` of ${limitOf(tenant, name)} ${rulesOf(name).unit}. ${remedy} Support can raise the limit.`,
    retryAfterSeconds === undefined ? {} : { retryAfterSeconds },
  );
}
