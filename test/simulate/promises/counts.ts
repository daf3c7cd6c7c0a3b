import { usedByDay } from '../../../functions/aws/day-attributes';
import type { Row } from '../../../functions/aws/database';
import { runningPlans } from '../../../functions/domain/tenant/plan';
import { tenantIds } from '../deployment/ground';
import { grouped, none, rowsOf, unless, type Facts, type Promised } from './promise';

/**
 * Accepted = counted = rows, never above the cap. A number that is counted without a run for a while is refunded by
 * settlement.
 */
export const counts: Promised = (facts) => ({
  onWrite: ({ key, before, after }) => {
    if (key.sk !== 'TENANT' || before === undefined) return none;
    if (after === undefined) return ['a tenant was deleted'];
    return [...judgeCount(before, after), ...judgeSettlement(before, after)];
  },
  atTheEnd: () => tenantIds.flatMap((tenantId) => judgeTotals(facts, tenantId)),
});

function judgeCount(before: Row, after: Row): readonly string[] {
  const counted = Number(after['last_run_number']) - Number(before['last_run_number']);
  if (counted === 0) return none;
  const [usedBefore, used] = [usedByDay(before), usedByDay(after)];
  const days = Object.keys(used).filter((day) => used[day] !== usedBefore[day]);
  const [day = ''] = days;
  const now = used[day] ?? 0;
  return [
    ...unless(
      counted === 1 && days.length === 1 && now === (usedBefore[day] ?? 0) + 1,
      () => 'a count took more than one number, or another than one day',
    ),
    ...unless(
      after['unlimited'] === true || now <= Number(after['daily_cap']),
      () =>
        `run ${String(after['last_run_number'])} was counted above the cap: ${now} of ${String(after['daily_cap'])}`,
    ),
    ...unless(
      runningPlans.some((plan) => plan === after['plan']),
      () => `a run was counted on the plan ${String(after['plan'])}`,
    ),
    ...unless(after['due_at'] !== undefined, () => 'a run was counted without a time to settle it'),
    ...unless(
      Object.keys(usedBefore).every((before) => before <= day),
      () => `run ${String(after['last_run_number'])} was counted on ${day}, although a later day had begun`,
    ),
  ];
}

function judgeSettlement(before: Row, after: Row): readonly string[] {
  const [from, to] = [Number(before['settled_upto']), Number(after['settled_upto'])];
  return [
    ...unless(to >= from && to <= Number(after['last_run_number']), () => `settlement went from ${from} to ${to}`),
    ...Object.entries(usedByDay(after)).flatMap(([day, used]) =>
      unless(used >= 0, () => `${used} runs are counted on ${day}`),
    ),
  ];
}

function judgeTotals(facts: Facts, tenantId: string): readonly string[] {
  const rows = rowsOf(facts, 'run').filter((found) => found.tenantId === tenantId);
  const tenant = facts.system.table.get(`T#${tenantId}`, 'TENANT') ?? {};
  const history = facts.system.table.get(`T#${tenantId}`, 'USAGE') ?? {};
  const days = { ...usedByDay(history), ...usedByDay(tenant) };
  const runs = rows.filter(({ row }) => row['void'] !== true);
  const counted = Object.values(days).reduce((sum, used) => sum + used, 0);
  const numbers = Number(tenant['last_run_number']);
  const perDay = grouped(runs, ({ row }) => String(row['day']));
  return [
    ...unless(counted === runs.length, () => `${tenantId}: ${counted} runs are counted, but there are ${runs.length}`),
    ...unless(
      numbers === rows.length,
      () => `${tenantId}: ${numbers} numbers were taken, but ${rows.length} have a row`,
    ),
    ...unless(
      Number(tenant['settled_upto']) === numbers,
      () => `${tenantId}: settled up to ${String(tenant['settled_upto'])} of ${numbers}`,
    ),
    ...Object.entries(days).flatMap(([day, used]) =>
      unless(
        used === (perDay.get(day)?.length ?? 0),
        () => `${tenantId}: ${used} runs are counted on ${day}, but ${perDay.get(day)?.length ?? 0} are of it`,
      ),
    ),
  ];
}
