import type { BurstLimits } from './midnight-burst';
import { quotas } from './quotas';
import { stageThrottle } from '../../functions/contract/stack';

/** A trigger writes the counter and the run's row. */
const writesPerTrigger = 2;

/** The limits of a stack as first deployed, and of one that was prepared for the burst. */
export const bursts: readonly BurstLimits[] = [
  {
    name: 'as deployed',
    throttle: stageThrottle,
    tableRuns: quotas.newTable.limit / writesPerTrigger,
    starts: quotas.expressStarts.limit,
  },
  {
    name: 'throttle raised to the account’s 10,000, table pre-warmed',
    throttle: { rateLimit: quotas.httpApi.limit, burstLimit: quotas.httpApi.limit },
    tableRuns: quotas.table.limit / writesPerTrigger,
    starts: quotas.expressStarts.limit,
  },
];
