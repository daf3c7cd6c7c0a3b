import { stageThrottle } from '../../../functions/contract/stack';
import { maxWaitSeconds } from '../../../functions/domain/run/wait-for-run';
import { defaultLimit } from '../../../functions/domain/tenant/limits';
import { plans } from '../../../functions/domain/tenant/plan';
import type { UnitCosts, UnitName } from './unit-costs';

/** What bounds an attack on a deployed stack. */
export const boundNames = [
  'nothing',
  'stage',
  'requests',
  'waits',
  'daily cap',
  'hourly limits',
  'limits of rows',
] as const;
export type BoundName = (typeof boundNames)[number];

export const secondsADay = 86_400;

/** Attackers are on this plan. The plan `custom` is unlimited, and its legal use is reckoned with this plan's cap. */
const plan = 'pro';
export const cap = plans[plan].dailyRunCap ?? 0;
const requestsADay = defaultLimit(plan, 'requests_per_minute') * 24 * 60;

/** The most that a day of the attack costs. Undefined if only a web ACL bounds it. */
export function usdADayAtBound(bound: BoundName, admitted: UnitName, usd: UnitCosts): number | undefined {
  switch (bound) {
    case 'nothing':
      return undefined;
    case 'stage':
      return stageThrottle.rateLimit * secondsADay * usd[admitted];
    case 'requests':
      return requestsADay * usd[admitted];
    case 'waits': {
      const held = (defaultLimit(plan, 'waiting_requests') * secondsADay) / maxWaitSeconds;
      return held * usd['held wait'] + (requestsADay - held) * usd[admitted];
    }
    case 'daily cap':
      return cap * usd[admitted];
    case 'hourly limits': {
      const deliveries =
        24 * (defaultLimit(plan, 'webhook_tests_per_hour') + defaultLimit(plan, 'redeliveries_per_hour'));
      return deliveries * usd[admitted] + (requestsADay - deliveries) * usd['refused at a limit'];
    }
    case 'limits of rows': {
      const rows = defaultLimit(plan, 'recipe_versions_per_day') + defaultLimit(plan, 'changes_per_day');
      return rows * usd[admitted] + (requestsADay - rows) * usd['refused at a limit'];
    }
  }
}

/** What the tenant's legal use of its daily cap costs: every run sends all events that it may to all endpoints. */
export function legalUsdADay(usd: UnitCosts): number {
  return cap * usd['run of 2,500 deliveries'];
}
