import { printTable, printTime, type Cell } from '../terminal/table';
import type { TenantCheck } from './check-tenant';
import { adviceOn } from './danger';
import type { Tally } from './tally';

export interface Report {
  readonly restoredTable: string;
  /** The newest time in the restored table; undefined if it has none. */
  readonly moment: string | undefined;
  readonly now: Date;
  readonly checks: readonly TenantCheck[];
}

/** The report for programs. */
export function viewOf({ restoredTable, moment, checks }: Report) {
  return {
    restored_table: restoredTable,
    restored_moment: moment ?? null,
    tenants: checks.map(({ tenantId, rows, differences, dangers, inconsistencies, open }) => ({
      tenant: tenantId,
      open_in_restored: open,
      rows: Object.fromEntries(rows),
      differences: differences.map(([name, tally]) => ({ ...splitName(name), ...tally })),
      dangers: dangers.map(([kind, { count, first }]) => ({
        kind,
        count,
        advice: adviceOn[kind],
        first: first.map(({ subject, live, restored }) => ({ subject, live, restored })),
      })),
      restored_differences: inconsistencies.map(([kind, { count, first }]) => ({
        kind,
        count,
        first: first.map(({ subject, expected, found }) => ({ subject, expected, found })),
      })),
    })),
  };
}

/** The report for people: what differs, then what is dangerous, then what to do about it. */
export function printReport(report: Report): string {
  const { checks } = report;
  const kinds = new Set(checks.flatMap(({ dangers }) => dangers.map(([kind]) => kind)));
  return [
    momentOf(report),
    printTable(
      ['tenant', 'rows', 'in live', 'restored', 'only live', 'only restored', 'different'],
      countRows(checks),
      'No tenants.',
    ),
    section('Rows that differ', ['tenant', 'where', 'partition', 'key', 'attributes'], differingRows(checks)),
    section('Decide before you copy anything', ['tenant', 'kind', 'subject', 'live', 'restored'], dangerRows(checks)),
    [...kinds].map((kind) => `${kind}: ${adviceOn[kind]}`).join('\n'),
    section('The restored table by itself', ['tenant', 'kind', 'subject', 'expected', 'found'], ownRows(checks)),
    summaryOf(checks),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function momentOf({ restoredTable, moment, now }: Report): string {
  if (moment === undefined) return `${restoredTable} has no row that names a time.`;
  const minutes = Math.round((now.getTime() - Date.parse(moment)) / 60_000);
  return `The newest row of ${restoredTable} is of ${printTime(moment) ?? ''}, ${minutes} minutes ago.`;
}

function section(title: string, head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return rows.length === 0 ? '' : `${title}:\n${printTable(head, rows, '')}`;
}

function countRows(checks: readonly TenantCheck[]): Cell[][] {
  return checks.flatMap(({ tenantId, rows, differences }) => {
    const counts = new Map<string, number>(differences.map(([name, { count }]) => [name, count]));
    return [...rows].map(([kind, { live, restored }]) => [
      tenantId,
      kind,
      live,
      restored,
      ...['only_live', 'only_restored', 'different'].map((where) => counts.get(`${kind} ${where}`) ?? 0),
    ]);
  });
}

function differingRows(checks: readonly TenantCheck[]): Cell[][] {
  return checks.flatMap(({ tenantId, differences }) =>
    differences.flatMap(([name, tally]) =>
      named(tally, ({ pk, sk, attributes }) => [tenantId, splitName(name).where, pk, sk, attributes.join(', ')], [
        tenantId,
        splitName(name).where,
      ]),
    ),
  );
}

function dangerRows(checks: readonly TenantCheck[]): Cell[][] {
  return checks.flatMap(({ tenantId, dangers }) =>
    dangers.flatMap(([kind, tally]) =>
      named(tally, ({ subject, live, restored }) => [tenantId, kind, subject, live, restored], [tenantId, kind]),
    ),
  );
}

function ownRows(checks: readonly TenantCheck[]): Cell[][] {
  return checks.flatMap(({ tenantId, inconsistencies }) =>
    inconsistencies.flatMap(([kind, tally]) =>
      named(tally, ({ subject, expected, found }) => [tenantId, kind, subject, expected, found], [tenantId, kind]),
    ),
  );
}

/** The first items of a kind, and how many more there are. */
function named<Item>({ count, first }: Tally<Item>, cellsOf: (item: Item) => Cell[], lead: readonly Cell[]): Cell[][] {
  const more = count - first.length;
  return [...first.map(cellsOf), ...(more > 0 ? [[...lead, `and ${more} more`, '', '']] : [])];
}

function summaryOf(checks: readonly TenantCheck[]): string {
  const sum = (of: (check: TenantCheck) => number) => checks.reduce((total, check) => total + of(check), 0);
  const rows = sum((check) =>
    [...check.rows.values()].reduce((total, { live, restored }) => total + live + restored, 0),
  );
  const [runs, deliveries] = [sum(({ open }) => open.runs), sum(({ open }) => open.deliveries)];
  return (
    `Compared rows: ${rows}, of tenants: ${checks.length}. ` +
    `If the restored table becomes the live one, recovery takes up runs: ${runs}, deliveries: ${deliveries}.`
  );
}

function splitName(name: string): { readonly rows: string; readonly where: string } {
  const [rows = '', where = ''] = name.split(' ');
  return { rows, where };
}
