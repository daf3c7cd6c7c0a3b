import type { RunStatus } from '../../run-status';
import type { Tenant } from '../../tenant/tenant';
import {
  addOutcome,
  emptyTally,
  moveTally,
  noOutcomes,
  type CountedRun,
  type NumberRead,
  type Outcomes,
} from './tally';
import type { Tally } from './tally';
import { windowStart } from './window';

export interface CountRunsDeps {
  readonly tallies: {
    /** The runs with these numbers, as they are now. */
    runs(tenantId: string, numbers: readonly number[]): Promise<CountedRun[]>;
    /** The numbers after `upto`, ascending, as many as one request reads. */
    after(tenantId: string, upto: number): Promise<{ numbers: NumberRead[]; isCut: boolean }>;
    /** A number in `within` below which every run was accepted before `before`. */
    lastBefore(tenantId: string, within: { low: number; high: number }, before: string): Promise<number>;
    /** Replaces the tally, unless it was moved meanwhile. */
    move(tenantId: string, seen: Tally | undefined, next: Tally): Promise<boolean>;
  };
}

/** A request that accepts a run is over long before, so a number below its run is then a run or never becomes one. */
const finalAfterMs = 120_000;
/** A write costs as much as reading some dozens of rows again. */
const worthAWrite = 50;
/** With more numbers to read than this, the beginning of the window is searched for first. */
const maxRead = 1000;

export interface CountedRuns extends Outcomes {
  readonly queued: number;
  readonly running: number;
  readonly since: string;
  /** Null if every run is counted; else when the last run was accepted that is counted. */
  readonly countedUpto: string | null;
}

/**
 * Counts the outcomes of the runs that were accepted since the beginning of the window. One answer reads a bounded number
 * of rows, whatever the tenant's size: if it cannot count all runs, it says so, and the next answer goes on from there.
 */
export async function countRuns(
  { tallies }: CountRunsDeps,
  { tenant, tally: stored, now }: { tenant: Tenant; tally: Tally | undefined; now: Date },
): Promise<CountedRuns> {
  const since = windowStart(now).toISOString();
  const begun = await atWindow(tallies, tenant, stored ?? emptyTally, since);
  const [open, { numbers, isCut }] = await Promise.all([
    tallies.runs(tenant.id, begun.open),
    begun.upto < tenant.last_run_number ? tallies.after(tenant.id, begun.upto) : { numbers: [], isCut: false },
  ]);
  const isFinal = finality(tenant, now);
  const moved = moveTally(begun, { open, later: numbers, since, isFinal });

  const isIncomplete = isCut && (numbers.at(-1)?.id ?? 0) < tenant.last_run_number;
  const skipped = begun.upto > (stored?.upto ?? 0);
  if (moved.spared >= worthAWrite || skipped || (isIncomplete && moved.spared > 0)) {
    // A tally that was not kept is counted again by the next answer, so this one does not depend on it.
    await tallies.move(tenant.id, stored, moved.tally).catch(() => false);
  }
  const left = moved.left.filter(({ created_at: at }) => at >= since);
  const unfinished = [...moved.open, ...left];
  return {
    ...sum([...Object.values(moved.tally.hours), left.reduce(addOutcome, noOutcomes)]),
    queued: withStatus(unfinished, 'queued'),
    running: withStatus(unfinished, 'running'),
    since,
    countedUpto: isIncomplete ? (moved.left.at(-1)?.created_at ?? moved.tally.upto_at ?? since) : null,
  };
}

/** When nobody has looked for more than a day, the runs before the window are skipped instead of read. */
async function atWindow(
  tallies: CountRunsDeps['tallies'],
  { id, last_run_number: last }: Tenant,
  tally: Tally,
  since: string,
): Promise<Tally> {
  if (last - tally.upto <= maxRead || (tally.upto_at !== null && tally.upto_at >= since)) return tally;
  const upto = await tallies.lastBefore(id, { low: tally.upto, high: last + 1 }, since);
  return { ...tally, upto };
}

/**
 * Settlement has looked at every number up to `settled_upto` and made those void that are no runs. The others are final
 * after a while.
 */
function finality({ settled_upto: settled }: Tenant, now: Date): (number: NumberRead) => boolean {
  const before = new Date(now.getTime() - finalAfterMs).toISOString();
  return ({ id, run }) => id <= settled || (run !== undefined && run.created_at <= before);
}

function withStatus(runs: readonly CountedRun[], status: RunStatus): number {
  return runs.filter((run) => run.status === status).length;
}

function sum(all: readonly Outcomes[]): Outcomes {
  return all.reduce((total, { succeeded, failed, cancelled, codes }) => ({
    succeeded: total.succeeded + succeeded,
    failed: total.failed + failed,
    cancelled: total.cancelled + cancelled,
    codes: Object.entries(codes).reduce(
      (known, [code, count]) => ({ ...known, [code]: (known[code] ?? 0) + count }),
      total.codes,
    ),
  }));
}
