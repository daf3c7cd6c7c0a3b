import type { AuditEvent } from './audit';

/** What cannot be, and how the table shows it. */
export type DifferenceKind =
  /** A day's counter is not the number of its runs. */
  | 'count_differs'
  /** A settled number is neither a run nor void. */
  | 'number_missing'
  /** A run says another day than its number was counted on. */
  | 'day_differs'
  /** Something open that recovery will never look at. */
  | 'never_due'
  /** Something recovery should have dealt with a while ago. */
  | 'overdue'
  /** A delivery that ended is still on recovery's list. */
  | 'still_open'
  /** A trail that its recipe and cursor do not account for: a step twice, out of turn or missing. */
  | 'trail_differs'
  /** A performed webhook step without its event, or with another number of endpoints. */
  | 'event_differs'
  | 'delivery_missing'
  /** A delivery that no event or run of its tenant accounts for. */
  | 'delivery_unknown'
  /** A row listed for another tenant, workflow or endpoint than its own. */
  | 'listed_elsewhere'
  | 'audit_missing'
  /** A row that this version of the product cannot read. */
  | 'unreadable';

/** How a difference is made good: each is one conditional write, so that doing it twice or beside live traffic is safe. */
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
  /** What differs, as people know it: `run 12`, `2026-11-22`, `dlv_…`. */
  readonly subject: string;
  readonly expected: string;
  readonly found: string;
  /** Null when only a person can say what should be. */
  readonly repair: Repair | null;
}

export type Finding = Omit<Difference, 'tenantId'>;

/** Recovery has a minute's rhythm; what is due for longer than this was not dealt with. */
export const overdueMinutes = 15;

export function isOverdue(dueAt: string, now: Date): boolean {
  return now.getTime() - Date.parse(dueAt) > overdueMinutes * 60_000;
}
