import { deliveryBatches } from '../../functions/contract/functions';
import { stageThrottle } from '../../functions/contract/stack';
import { hostPerSecond } from '../../functions/domain/delivery/pace';
import { plans } from '../../functions/domain/tenant/plan';
import { concurrencyOf, usualConcurrency } from '../../lib/concurrency';

/** Day on which the default quotas of us-east-1 were read. */
export const quotasReadOn = '2026-11-22';

interface Quota {
  readonly limit: number;
  /** Unit of the limit and what it applies to. */
  readonly of: string;
  readonly source: string;
  /** How to raise the limit. */
  readonly raise: string;
}

const stepFunctionsQuotas = 'docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html';
const partitions = 'docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html';

export const quotas = {
  stageThrottle: {
    limit: stageThrottle.rateLimit,
    of: 'requests/s, our own setting',
    source: 'functions/contract/stack.ts',
    raise: '`stageThrottle` in functions/contract/stack.ts, up to the account’s 10,000',
  },
  tenantRequests: {
    limit: plans.custom.requestsPerMinute / 60,
    of: 'requests/s of one tenant of plan Custom, our own setting',
    source: 'functions/domain/tenant/plan.ts',
    raise: '`npm run operator -- limits set`, for one tenant',
  },
  hostPace: {
    limit: hostPerSecond,
    of: 'webhooks/s of one tenant to one host, our own setting',
    source: 'functions/domain/delivery/pace.ts',
    raise: 'endpoints at several hosts; until then webhooks wait, and runs do not',
  },
  apiConcurrency: {
    limit: concurrencyOf(usualConcurrency, stageThrottle).restApi ?? usualConcurrency,
    of: 'concurrent requests to the REST API, our own setting',
    source: 'lib/concurrency.ts',
    raise: 'quota “Concurrent executions” of Lambda, of which it is three tenths',
  },
  httpApi: {
    limit: 10_000,
    of: 'requests/s of the account',
    source: 'docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html',
    raise: 'quota “Throttle rate” of API Gateway',
  },
  lambdaConcurrency: {
    limit: 1_000,
    of: 'concurrent functions',
    source: 'docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
    raise: 'quota “Concurrent executions” of Lambda',
  },
  deliveryConcurrency: {
    limit: deliveryBatches.maxConcurrency,
    of: 'concurrent batches, our own setting',
    source: 'functions/contract/functions.ts',
    raise: '`deliveryBatches` in functions/contract/functions.ts',
  },
  expressStarts: {
    limit: 6_000,
    of: 'starts/s',
    source: stepFunctionsQuotas,
    raise: 'quota “StartExecution” for Express',
  },
  standardStarts: {
    limit: 300,
    of: 'starts/s',
    source: stepFunctionsQuotas,
    raise: 'quota “StartExecution” for Standard, or Express',
  },
  transitions: {
    limit: 5_000,
    of: 'states/s',
    source: stepFunctionsQuotas,
    raise: 'quota “StateTransition” for Standard',
  },
  newTable: {
    limit: 4_000,
    of: 'write units/s of a new table',
    source: 'docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html',
    raise: 'warm throughput of the table, set before the load comes',
  },
  table: {
    limit: 40_000,
    of: 'write units/s of a table',
    source: 'docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html',
    raise: 'quota “Table-level write throughput” of DynamoDB',
  },
  partition: {
    limit: 1_000,
    of: 'write units/s of an item or partition',
    source: partitions,
    raise: 'cannot be raised; use a second tenant, or split the counter',
  },
  openIndex: {
    limit: 1_000,
    of: 'write units/s of a shard of the index `open`',
    source: partitions,
    raise: '`openIndex.shards` in functions/contract/table.ts',
  },
} as const satisfies Record<string, Quota>;

export type QuotaName = keyof typeof quotas;
