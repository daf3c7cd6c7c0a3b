import { dayOfNumber } from '../day';
import { isOverdue, type Finding } from './difference';

/** What a tenant's item says about its run numbers, from one read. */
export interface Ledger {
  readonly lastRunNumber: number;
  /** Every number up to this one is a run, or void and refunded. */
  readonly settledUpto: number;
  /** Numbers above `settledUpto` that are already refunded. */
  readonly voided: ReadonlySet<number>;
  readonly usedByDay: Readonly<Record<string, number>>;
  /** The last number before the first one of each day. */
  readonly beforeByDay: Readonly<Record<string, number>>;
  /** Whether recovery will settle the tenant. */
  readonly dueAt: string | undefined;
}

/** The number after which the numbers of `since` and later days begin. */
export function lastNumberBefore({ beforeByDay, lastRunNumber }: Ledger, since: string): number {
  const first = Object.keys(beforeByDay)
    .filter((day) => day >= since)
    .sort()[0];
  return first === undefined ? lastRunNumber : (beforeByDay[first] ?? lastRunNumber);
}

/**
 * Compares the counter of each day with its runs. The comparison is exact during live traffic: the counter, the settled
 * numbers and the refunded numbers come from one read; a settled number never changes; and each unsettled number was
 * counted unless it was refunded.
 *
 * @param settledRuns the number of runs among the settled numbers, by day
 */
export function judgeCounts(ledger: Ledger, since: string, settledRuns: ReadonlyMap<string, number>): Finding[] {
  const expected = new Map(settledRuns);
  for (let number = ledger.settledUpto + 1; number <= ledger.lastRunNumber; number += 1) {
    const day = dayOfNumber(ledger.beforeByDay, number);
    if (day !== undefined && !ledger.voided.has(number)) expected.set(day, (expected.get(day) ?? 0) + 1);
  }
  const days = Object.keys(ledger.beforeByDay).filter((day) => day >= since);
  return days.sort().flatMap((day): Finding[] => {
    const [runs, counted] = [expected.get(day) ?? 0, ledger.usedByDay[day] ?? 0];
    if (runs === counted) return [];
    const repair = { act: 'recount', day, by: runs - counted } as const;
    return [{ kind: 'count_differs', subject: day, expected: `${runs} counted`, found: `${counted} counted`, repair }];
  });
}

/** A tenant with unsettled numbers that recovery does not know about or has not reached. */
export function judgeSettlement({ lastRunNumber, settledUpto, dueAt }: Ledger, now: Date): Finding[] {
  const [subject, expected] = ['tenant', 'its numbers settled'];
  if (dueAt !== undefined) {
    if (!isOverdue(dueAt, now)) return [];
    return [{ kind: 'overdue', subject, expected, found: `due ${dueAt}`, repair: null }];
  }
  if (lastRunNumber === settledUpto) return [];
  const found = `${lastRunNumber - settledUpto} are not`;
  return [{ kind: 'never_due', subject, expected, found, repair: { act: 'look_at_tenant' } }];
}
