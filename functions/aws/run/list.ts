import type { RunStatus } from '../../domain/run-status';
import { runSchema, type Run, type RunErrorCode } from '../../domain/run/run';
import type { Channel } from '../../domain/tenant/plan';
import { collectPage, readerOf } from '../collect-page';
import { type Database, type Row, projectionOf } from '../database';
import { runPartition, runsParent } from '../keys';
import { skippingNewer } from './skip-newer';

export interface RunFilters {
  readonly workflowId?: number | undefined;
  readonly status?: RunStatus | undefined;
  /** The code of the run's first failure. */
  readonly errorCode?: RunErrorCode | undefined;
  readonly channel?: Channel | undefined;
  /** RFC 3339 UTC with milliseconds, as the others: from this instant on, it included. */
  readonly createdFrom?: string | undefined;
  /** Exclusive; so is `createdBefore`. */
  readonly createdAfter?: string | undefined;
  readonly createdBefore?: string | undefined;
}

/**
 * Run numbers follow the order of counting, times the clocks of the functions. The two orders differ by less than this.
 */
export const disorderMs = 300_000;

/** Trail and input are not read for lists, only for the detail. */
const projection = projectionOf(['void', ...Object.keys(runSchema.shape)]);

export function runListStore(db: Database) {
  return {
    /**
     * A page of runs, newest first. The read by number is consistent, so the first page contains a run that was just
     * triggered. The runs of one workflow are read from the index, which is eventually consistent.
     *
     * @param after sort key to continue after
     * @returns `next`, the sort key to continue after, when there is or may be more
     */
    async list(
      tenantId: string,
      filters: RunFilters,
      limit: number,
      after?: string,
    ): Promise<{ runs: Run[]; next: string | undefined }> {
      const { workflowId, ...judged } = filters;
      const readAfter = readerOf(
        db,
        {
          pk: runPartition(tenantId),
          from: '0',
          to: '~',
          parent: workflowId === undefined ? undefined : runsParent(tenantId, workflowId),
          projection,
        },
        readRun,
      );
      // The index selects by workflow; all other filters are applied to each row.
      const isFiltered = Object.values(judged).some((filter) => filter !== undefined);
      const { createdBefore } = filters;
      const read =
        createdBefore === undefined ? readAfter : skippingNewer(db, tenantId, readAfter, { createdBefore, disorderMs });
      const { items, next } = await collectPage(read, {
        limit,
        after,
        wants: isFiltered ? (run) => matches(run, judged) : undefined,
        isPast: (run) => isPast(run, judged),
      });
      return { runs: items, next };
    },
  };
}

function matches(run: Run, filters: Omit<RunFilters, 'workflowId'>): boolean {
  if (filters.status !== undefined && run.status !== filters.status) return false;
  if (filters.errorCode !== undefined && run.error?.code !== filters.errorCode) return false;
  if (filters.channel !== undefined && run.triggered_by.channel !== filters.channel) return false;
  if (filters.createdFrom !== undefined && run.created_at < filters.createdFrom) return false;
  if (filters.createdAfter !== undefined && run.created_at <= filters.createdAfter) return false;
  return filters.createdBefore === undefined || run.created_at < filters.createdBefore;
}

/** All later runs in the list are older than the filter admits. */
function isPast(run: Run, { createdFrom, createdAfter }: Pick<RunFilters, 'createdFrom' | 'createdAfter'>): boolean {
  return [createdFrom, createdAfter].some(
    (earliest) => earliest !== undefined && Date.parse(run.created_at) < Date.parse(earliest) - disorderMs,
  );
}

/** A number that is void has no run. */
function readRun(row: Row): Run | undefined {
  return row['void'] === true ? undefined : runSchema.parse(row);
}
