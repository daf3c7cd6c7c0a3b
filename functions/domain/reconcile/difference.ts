import type { AuditEvent } from '../tenant/audit';
import { overdueMinutes } from '../timetable';

/** A kind of inconsistency, and how the table shows it. */
export type DifferenceKind =
  /** A day's counter is not the number of its runs. */
  | 'count_differs'
  /** A settled number is neither a run nor void. */
  | 'number_missing'
  /** The day on a run is not the day that its number was counted on. */
  | 'day_differs'
  /** An open row without a due time: recovery never takes it up. */
  | 'never_due'
  /** An open item that recovery should have handled some time ago. */
  | 'overdue'
  /** A delivery that has ended still has a `due_at`. */
  | 'still_open'
  /** A trail that does not match its recipe and cursor: a step occurs twice, out of order or not at all. */
  | 'trail_differs'
  /** A performed webhook step without its event, or with another number of endpoints. */
  | 'event_differs'
  | 'delivery_missing'
  /** A delivery without an event or run of its tenant. */
  | 'delivery_unknown'
  /** A row that is indexed under another tenant, workflow or endpoint than its own. */
  | 'listed_elsewhere'
  | 'audit_missing'
  /** A row that this version of the product cannot read. */
  | 'unreadable';

/**
 * How a difference is repaired. Each repair is one conditional write, so that it is safe twice and during live traffic.
 */
export type Repair =
  | { readonly act: 'recount'; readonly day: string; readonly by: number }
  | { readonly act: 'void_number'; readonly number: number }
  | { readonly act: 'look_at_tenant' }
  | { readonly act: 'look_at_run'; readonly runId: number; readonly uid: string }
  | { readonly act: 'look_at_delivery'; readonly deliveryId: string }
  | { readonly act: 'close_delivery'; readonly deliveryId: string }
  | { readonly act: 'put_delivery'; readonly eventId: string; readonly endpointId: string }
  | { readonly act: 'append_audit'; readonly row: AuditEvent };

export interface Difference {
  readonly kind: DifferenceKind;
  readonly tenantId: string;
  /** What differs, by the name that people use: `run 12`, `2026-11-22`, `dlv_…`. */
  readonly subject: string;
  readonly expected: string;
  readonly found: string;
  /** Null if only a person can decide what is right. */
  readonly repair: Repair | null;
}

export type Finding = Omit<Difference, 'tenantId'>;

export function isOverdue(dueAt: string, now: Date): boolean {
  return now.getTime() - Date.parse(dueAt) > overdueMinutes * 60_000;
}
