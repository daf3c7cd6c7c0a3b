import type { Row } from '../../../functions/aws/database';
import type { Exchange } from '../deployment/system';
import type { Invocation } from '../schedule/invocation';
import { grouped, kindOf, none, rowsOf, sameJson, unless, type Promised } from './promise';

/** Rows whose changes by people are audited. */
const audited = ['workflow', 'endpoint', 'member', 'token', 'connected app'];
/** What changes in them although nobody changed anything. */
const unaudited = ['updated_at', 'edit_mark', 'last_used_at', 'account', 'binding'];

/** Every change has exactly one audit row. */
export const audits: Promised = (facts) => {
  const changedBy = new Set<Invocation>();
  const disabled = new Map<string, number>();
  return {
    onWrite: ({ key, before, after, by }) => {
      const { kind, tenantId } = kindOf(key);
      if (kind === 'endpoint' && isDisabledByItself(before, after)) {
        const name = `${tenantId} ${String(after?.['id'])}`;
        disabled.set(name, (disabled.get(name) ?? 0) + 1);
      }
      const isRerun = kind === 'run' && before === undefined && typeof after?.['rerun_of'] === 'number';
      if (isRerun || (audited.includes(kind) && isChange(before, after))) changedBy.add(by);
      return kind === 'audit'
        ? unless(before === undefined && after !== undefined, () => `${key.sk} was changed`)
        : none;
    },
    atTheEnd: () => {
      const rows = rowsOf(facts, 'audit');
      return [
        ...rowsOf(facts, 'run').flatMap(({ tenantId, row }) => judgeRun(rowsOfTenant(rows, tenantId), row)),
        ...disablings(disabled, rows),
        ...deletions(rows),
        ...facts.system.exchanges.flatMap((exchange) => judgeRequest(changedBy, rows, exchange)),
      ];
    },
  };
};

function isChange(before: Row | undefined, after: Row | undefined): boolean {
  if (before === undefined || after === undefined) return true;
  return Object.keys({ ...before, ...after }).some(
    (name) => !unaudited.includes(name) && !sameJson(before[name], after[name]),
  );
}

/** If nothing went wrong, what a request changed is audited with its id. */
function judgeRequest(
  changedBy: ReadonlySet<Invocation>,
  rows: readonly OfTenant[],
  { by, method, target, answer, requestId, tenantId }: Exchange,
): readonly string[] {
  if (by === undefined || by.faults > 0 || answer === undefined || answer.status >= 300) return none;
  const own = rowsOfTenant(rows, tenantId).filter(
    (row) => row['request_id'] === requestId && row['action'] !== 'member.bound',
  );
  return [
    ...unless(own.length <= 1, () => `${method} ${target} has ${own.length} audit rows`),
    ...unless(own.length === 1 || !changedBy.has(by), () => `${method} ${target} has no audit row`),
  ];
}

interface OfTenant {
  readonly tenantId: string;
  readonly row: Row;
}

function judgeRun(rows: readonly Row[], run: Row): readonly string[] {
  const count = (action: string) =>
    rows.filter((row) => row['action'] === action && row['target'] === `run ${String(run['id'])}`).length;
  const isCancelled = run['status'] === 'cancelled';
  return [
    ...unless(
      count('run.cancelled') === (isCancelled ? 1 : 0),
      () =>
        `run ${String(run['id'])} is ${String(run['status'])}, with ${count('run.cancelled')} audit rows of its cancellation`,
    ),
  ];
}

function isDisabledByItself(before: Row | undefined, after: Row | undefined): boolean {
  return (
    before?.['status'] === 'active' && after?.['status'] === 'disabled' && after['disabled_reason'] !== 'by_request'
  );
}

/** At most one row for each time that an endpoint was disabled by itself. */
function disablings(disabled: ReadonlyMap<string, number>, rows: readonly OfTenant[]): readonly string[] {
  const audited = rows.filter(
    ({ row }) => row['action'] === 'endpoint.disabled' && (row['actor'] as Row)['channel'] === 'system',
  );
  return [...grouped(audited, nameOfTarget)].flatMap(([name, of]) =>
    unless(
      of.length <= (disabled.get(name) ?? 0),
      () => `${name} was disabled ${disabled.get(name) ?? 0} times, and has ${of.length} audit rows of it`,
    ),
  );
}

/** An endpoint is deleted once, whoever asks for it. */
function deletions(rows: readonly OfTenant[]): readonly string[] {
  const audited = rows.filter(({ row }) => row['action'] === 'endpoint.deleted');
  return [...grouped(audited, nameOfTarget)].flatMap(([name, of]) =>
    unless(of.length === 1, () => `${name} has ${of.length} audit rows of its deletion`),
  );
}

function nameOfTarget({ tenantId, row }: OfTenant): string {
  return `${tenantId} ${String(row['target'])}`;
}

function rowsOfTenant(rows: readonly OfTenant[], tenantId: string): Row[] {
  return rows.filter((found) => found.tenantId === tenantId).map(({ row }) => row);
}
