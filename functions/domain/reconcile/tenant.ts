import { boundsOfDay, dayOfNumber } from '../day';
import type { WebhookEvent } from '../delivery/event';
import type { AuditEvent } from '../tenant/audit';
import { auditOwedBy, auditOwedByTest, type Changed } from './audit';
import { judgeCounts, judgeSettlement, lastNumberBefore, type Ledger } from './counts';
import { type Difference, type Finding, isOverdue } from './difference';
import { auditOwed, judgeRun, type RunToReconcile } from './run';
import { judgeDelivery, judgeEvents, type DeliveryToReconcile } from './webhooks';

/** A row at a run number or at the key of a delivery. */
export type Read<Row> = { readonly row: Row; readonly listedElsewhere: boolean } | 'unreadable';

export interface ReconcileReads {
  /** One consistent read; undefined if there is no such tenant. */
  ledger(tenantId: string): Promise<Ledger | undefined>;
  /** The rows at the numbers in (after, upto], in order, page by page. A void number has no run. */
  numbers(
    tenantId: string,
    after: number,
    upto: number,
  ): AsyncIterable<readonly { readonly number: number; readonly run: Read<RunToReconcile> | 'void' }[]>;
  /** The types of the steps of a recipe version; undefined if it does not exist. */
  stepTypes(tenantId: string, workflowId: number, version: number): Promise<readonly unknown[] | undefined>;
  /** The events and deliveries of the webhook steps of a run. */
  webhooksOf(
    tenantId: string,
    uid: string,
  ): Promise<{ readonly events: readonly WebhookEvent[]; readonly deliveries: ReadonlySet<string> }>;
  /** The deliveries of events since a time, in order, page by page, each with its event and run. */
  deliveries(
    tenantId: string,
    since: Date,
  ): AsyncIterable<
    readonly {
      readonly id: string;
      readonly delivery: Read<DeliveryToReconcile>;
      readonly event: WebhookEvent | undefined;
      readonly run: RunToReconcile | undefined;
    }[]
  >;
  /** Tokens, connected apps, members, endpoints and workflows, page by page. Workflows that were not changed since then may be left out. */
  changed(tenantId: string, since: Date): AsyncIterable<readonly Changed[]>;
  /** Those of these audit rows that do not exist, neither under their id nor, written by an earlier release, under another. */
  missingAudit(tenantId: string, rows: readonly AuditEvent[]): Promise<readonly AuditEvent[]>;
}

/** What was checked. */
export interface Reconciled {
  readonly runs: number;
  readonly deliveries: number;
}

interface Window {
  /** The first UTC day that is checked. Counts are kept for 36 days. */
  readonly since: string;
  readonly now: Date;
}

/**
 * Checks the rows of one tenant against each other: accepted = counted = rows, every run has ended or has a `due_at`,
 * no step occurs twice, each expected delivery exists once, nothing belongs to another tenant, and every change is
 * audited. It reads page by page during live traffic; what is written first is read last, so that nothing in progress
 * looks wrong.
 */
export async function reconcileTenant(
  reads: ReconcileReads,
  tenantId: string,
  window: Window,
  onDifference: (difference: Difference) => void,
): Promise<Reconciled> {
  const report = (findings: readonly Finding[]) => {
    for (const finding of findings) onDifference({ tenantId, ...finding });
  };
  const ledger = await reads.ledger(tenantId);
  if (ledger === undefined) return { runs: 0, deliveries: 0 };
  const runs = await reconcileRuns(reads, tenantId, ledger, window, report);
  const deliveries = await reconcileDeliveries(reads, tenantId, window, report);
  await reconcileAudit(reads, tenantId, window, report);
  return { runs, deliveries };
}

type Report = (findings: readonly Finding[]) => void;

async function reconcileRuns(
  reads: ReconcileReads,
  tenantId: string,
  ledger: Ledger,
  window: Window,
  report: Report,
): Promise<number> {
  const { since, now } = window;
  const settledRuns = new Map<string, number>();
  const after = lastNumberBefore(ledger, since);
  let expected = after + 1;
  let runs = 0;
  const missing = (upto: number) => {
    for (; expected <= upto; expected += 1) if (expected <= ledger.settledUpto) report([numberMissing(expected)]);
  };
  for await (const page of reads.numbers(tenantId, after, ledger.lastRunNumber)) {
    for (const { number, run } of page) {
      missing(number - 1);
      expected = number + 1;
      if (run === 'void') continue;
      runs += 1;
      const day = dayOfNumber(ledger.beforeByDay, number);
      if (day !== undefined && number <= ledger.settledUpto) settledRuns.set(day, (settledRuns.get(day) ?? 0) + 1);
      report(await reconcileRun(reads, tenantId, { number, day, run }, now));
    }
  }
  missing(ledger.lastRunNumber);
  report([...judgeCounts(ledger, since, settledRuns), ...judgeSettlement(ledger, window.now)]);
  return runs;
}

function numberMissing(number: number): Finding {
  const repair = { act: 'void_number', number } as const;
  return { kind: 'number_missing', subject: `run ${number}`, expected: 'a run or a void', found: 'nothing', repair };
}

async function reconcileRun(
  reads: ReconcileReads,
  tenantId: string,
  { number, day, run: read }: { number: number; day: string | undefined; run: Read<RunToReconcile> },
  now: Date,
): Promise<Finding[]> {
  const subject = `run ${number}`;
  if (read === 'unreadable') return [unreadable(subject)];
  const { row: run, listedElsewhere } = read;
  const steps = run.trail.length === 0 ? [] : await reads.stepTypes(tenantId, run.workflow_id, run.workflow_version);
  const fired = run.trail.some(({ type, status }) => type === 'fire_webhook_event' && status === 'succeeded');
  const left = fired ? await reads.webhooksOf(tenantId, run.uid) : { events: [], deliveries: new Set<string>() };
  const owed = auditOwed(run, now);
  return [
    ...(day !== undefined && day !== run.day ? [dayDiffers(subject, day, run.day)] : []),
    ...(listedElsewhere ? [elsewhere(subject)] : []),
    ...judgeRun(run, steps, now),
    ...judgeEvents(run, left.events, left.deliveries),
    ...(owed === undefined
      ? []
      : (await reads.missingAudit(tenantId, [owed])).map((row) => auditMissing(subject, row))),
  ];
}

function dayDiffers(subject: string, expected: string, found: string): Finding {
  return { kind: 'day_differs', subject, expected, found, repair: null };
}

function auditMissing(subject: string, row: AuditEvent): Finding {
  const repair = { act: 'append_audit', row } as const;
  return { kind: 'audit_missing', subject, expected: `a row ${row.action}`, found: 'none', repair };
}

function unreadable(subject: string): Finding {
  return { kind: 'unreadable', subject, expected: 'a row of this version', found: 'something else', repair: null };
}

function elsewhere(subject: string): Finding {
  return { kind: 'listed_elsewhere', subject, expected: 'listed with its own', found: 'another parent', repair: null };
}

async function reconcileDeliveries(
  reads: ReconcileReads,
  tenantId: string,
  { since, now }: Window,
  report: Report,
): Promise<number> {
  let deliveries = 0;
  for await (const page of reads.deliveries(tenantId, boundsOfDay(since).start)) {
    deliveries += page.length;
    const tests = page.flatMap(({ id, delivery, event }) =>
      delivery === 'unreadable' || event === undefined
        ? []
        : (auditOwedByTest(event, id, delivery.row.endpoint_id) ?? []),
    );
    report(await missingOf(reads, tenantId, { since, now }, tests));
    for (const { id, delivery, event, run } of page) {
      if (delivery === 'unreadable') report([unreadable(id)]);
      else
        report([...(delivery.listedElsewhere ? [elsewhere(id)] : []), ...judgeDelivery(delivery.row, event, run, now)]);
    }
  }
  return deliveries;
}

/** Checks that every change that a stored row proves has its audit row. */
async function reconcileAudit(reads: ReconcileReads, tenantId: string, window: Window, report: Report): Promise<void> {
  for await (const page of reads.changed(tenantId, boundsOfDay(window.since).start))
    report(await missingOf(reads, tenantId, window, page.flatMap(auditOwedBy)));
}

/** Looks for the audit rows of changes within the window, except for changes so recent that the row may not be written yet. */
async function missingOf(
  reads: ReconcileReads,
  tenantId: string,
  { since, now }: Window,
  rows: readonly AuditEvent[],
): Promise<Finding[]> {
  const owed = rows.filter(({ at }) => new Date(at) >= boundsOfDay(since).start && isOverdue(at, now));
  if (owed.length === 0) return [];
  return (await reads.missingAudit(tenantId, owed)).map((row) => auditMissing(row.target, row));
}
