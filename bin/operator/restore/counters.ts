import type { Row } from '../../../functions/aws/database';
import { usedAttribute, usedByDay } from '../../../functions/aws/day-attributes';
import type { Danger } from './danger';
import type { RowPair } from './row-pairs';

/** The highest run number and workflow id that live has, whatever its counters say. */
export interface Highest {
  readonly last_run_number: number;
  readonly last_workflow_id: number;
}

/** The highest of what was seen before and this row, if it is a run, a void number or a workflow of live. */
export function higher(seen: Highest, { kind, key, live }: RowPair): Highest {
  if (live === undefined) return seen;
  if (kind === 'runs') return { ...seen, last_run_number: Math.max(seen.last_run_number, Number(key.sk)) };
  if (kind !== 'workflows') return seen;
  return { ...seen, last_workflow_id: Math.max(seen.last_workflow_id, Number(key.sk.split('#')[1])) };
}

/**
 * Counters of the restored row that are lower than what live has given out. A lower count of a day would also let the
 * tenant start as many runs above its cap.
 */
export function dangersOfCounters(live: Row, restored: Row, highest: Highest): Danger[] {
  const counters = {
    last_run_number: Math.max(numberIn(live, 'last_run_number'), highest.last_run_number),
    last_workflow_id: Math.max(numberIn(live, 'last_workflow_id'), highest.last_workflow_id),
    ...Object.fromEntries(Object.entries(usedByDay(live)).map(([day, used]) => [usedAttribute(day), used])),
  };
  return Object.entries(counters).flatMap(([subject, count]): Danger[] => {
    const then = numberIn(restored, subject);
    return then < count ? [{ kind: 'counter_behind', subject, live: `${count}`, restored: `${then}` }] : [];
  });
}

function numberIn(row: Row, name: string): number {
  const value = row[name];
  return typeof value === 'number' ? value : 0;
}
