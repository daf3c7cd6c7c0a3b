import { defaultLimit } from '../../../functions/domain/tenant/limits';
import { planTitle, plans, runningPlans } from '../../../functions/domain/tenant/plan';
import { markdownTable } from '../../markdown-table';
import { cap, secondsADay } from '../cost/bounds';
import type { UnitCosts } from '../cost/unit-costs';
import { targets } from './verdict';

/** The dearest request that a tenant may repeat. */
const dearest = 'list of 100 workflows';

/** The dearest request at the full rate of each plan, and the rate that would hold the target on that plan. */
export function plansTable(usd: UnitCosts): string {
  return markdownTable(
    [
      'plan',
      'runs a day',
      'legal use, US$',
      'requests a minute',
      'lists, US$ a day',
      'of legal use',
      'would hold 10 ×',
    ],
    runningPlans.map((plan) => {
      const runs = plans[plan].dailyRunCap ?? cap;
      const legal = runs * usd['run of 2,500 deliveries'];
      const perMinute = defaultLimit(plan, 'requests_per_minute');
      const lists = ((perMinute * secondsADay) / 60) * usd[dearest];
      const held = Math.floor((targets.tenantTimesLegal * legal) / usd[dearest] / (secondsADay / 60));
      return [
        planTitle(plan),
        plans[plan].dailyRunCap === null ? `unlimited, reckoned as ${cap}` : String(runs),
        legal.toFixed(2),
        String(perMinute),
        lists.toFixed(2),
        `${(lists / legal).toFixed(1)} ×`,
        `${held} a minute`,
      ];
    }),
  );
}
