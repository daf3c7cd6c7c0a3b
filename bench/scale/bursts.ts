import type { BurstLimits } from './midnight-burst';
import { quotas } from './quotas';
import { stageThrottle } from '../../functions/contract/stack';

/** A trigger writes the counter and the run's row. */
const writesEach = 2;

/** The stack as it is deployed first, and one that was made ready for it. */
export const bursts: readonly BurstLimits[] = [
  {
    name: 'as deployed',
    throttle: stageThrottle,
    tableRuns: quotas.newTable.limit / writesEach,
    starts: quotas.expressStarts.limit,
  },
  {
    name: 'stage at the account’s 10,000, table warmed',
    throttle: { rateLimit: quotas.httpApi.limit, burstLimit: quotas.httpApi.limit },
    tableRuns: quotas.table.limit / writesEach,
    starts: quotas.expressStarts.limit,
  },
];
