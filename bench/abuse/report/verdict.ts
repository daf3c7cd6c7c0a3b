import { stageThrottle } from '../../../functions/contract/stack';
import type { Figures } from './figures';

export const targets = {
  /** The quiet tenant's 99th percentile beside an attack, as a multiple of that without. */
  quietP99: 3,
  strangerUsdADay: 25,
  /** A tenant's attack, as a multiple of its legal use of the daily cap. */
  tenantTimesLegal: 10,
} as const;

/** The setting `requestsPerSecond` with which strangers cost no more than their target. */
const boundedRequestsPerSecond = 95;

/**
 * A quiet tenant that is slower by no more than this, compared with the bare program, waits for the processor only. It is
 * twice, because both are 99th percentiles of few calls.
 */
const alike = 2;

/**
 * `yes`: the target is met. `processor` and `web ACL`: it is missed for the reason that docs/proof.md states, and cannot
 * be met here. `NO`: it is missed.
 */
export type Verdict = 'yes' | 'processor' | 'web ACL' | 'NO';

/** Whether the quiet tenant is slowed down by more than the processor that it shares with the attacker. */
export function judgeTime({ p99, bareP99, quietFailed }: Pick<Figures, 'p99' | 'bareP99' | 'quietFailed'>): Verdict {
  if (Object.keys(quietFailed).length > 0) return 'NO';
  if (p99 <= targets.quietP99) return 'yes';
  return p99 <= alike * bareP99 ? 'processor' : 'NO';
}

export function judgeCost({ attack, usdAtBound }: Pick<Figures, 'attack' | 'usdAtBound'>, legalUsd: number): Verdict {
  if (attack.by === 'tenant')
    return usdAtBound !== undefined && usdAtBound <= targets.tenantTimesLegal * legalUsd ? 'yes' : 'NO';
  // CloudFront charges for what it answers itself, and has no throttle.
  if (usdAtBound === undefined) return 'web ACL';
  if (usdAtBound <= targets.strangerUsdADay) return 'yes';
  const lowered = (usdAtBound * boundedRequestsPerSecond) / stageThrottle.rateLimit;
  return lowered <= targets.strangerUsdADay ? 'web ACL' : 'NO';
}
