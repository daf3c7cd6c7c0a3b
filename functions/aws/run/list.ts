import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { tableShape } from '../../contract/table';
import type { RunStatus } from '../../domain/run-status';
import { runSchema, type Run } from '../../domain/run/run';
import type { Channel } from '../../domain/tenant/plan';
import { getRows, type Database, type Row } from '../database';
import { runPartition, runsParent } from '../keys';

export interface RunFilters {
  readonly workflowId?: number | undefined;
  readonly status?: RunStatus | undefined;
  readonly channel?: Channel | undefined;
  /** RFC 3339 UTC with milliseconds, exclusive; so is `createdBefore`. */
  readonly createdAfter?: string | undefined;
  readonly createdBefore?: string | undefined;
}

interface Page {
  /** In order; a number that is void has no run. */
  readonly rows: readonly { readonly sk: string; readonly run: Run | undefined }[];
  readonly more: boolean;
}

/** A request reads at most this many rows: a filtered page may be short, and even empty, with a cursor to go on. */
const maxRowsRead = 1000;
/** Numbers follow the order of counting, times the clock of each request: they may differ by less than this. */
const disorderMs = 300_000;

export function runListStore(db: Database) {
  const projection = projectionOf(Object.keys(runSchema.shape));

  /** Runs by number, newest first. Consistent: the run a trigger just answered with is on the first page. */
  async function readByNumber(tenantId: string, limit: number, after: string | undefined): Promise<Page> {
    const { Items = [], LastEvaluatedKey } = await db.client.send(
      new QueryCommand({
        TableName: db.tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': runPartition(tenantId) },
        ScanIndexForward: false,
        Limit: limit,
        ...projection,
        ...(after !== undefined && { ExclusiveStartKey: { pk: runPartition(tenantId), sk: after } }),
      }),
    );
    return {
      rows: Items.map((row) => ({ sk: String(row['sk']), run: readRun(row) })),
      more: LastEvaluatedKey !== undefined,
    };
  }

  /** Runs of one workflow by index; follows the table within moments. */
  async function readByWorkflow(
    tenantId: string,
    workflowId: number,
    limit: number,
    after: string | undefined,
  ): Promise<Page> {
    const parent = runsParent(tenantId, workflowId);
    const { Items = [], LastEvaluatedKey } = await db.client.send(
      new QueryCommand({
        TableName: db.tableName,
        IndexName: tableShape.parentIndex.name,
        KeyConditionExpression: 'parent = :parent',
        ExpressionAttributeValues: { ':parent': parent },
        ScanIndexForward: false,
        Limit: limit,
        ...(after !== undefined && { ExclusiveStartKey: { parent, pk: runPartition(tenantId), sk: after } }),
      }),
    );
    const keys = Items.map(({ sk }) => String(sk));
    const rows = await getRows(
      db,
      keys.map((sk) => ({ pk: runPartition(tenantId), sk })),
      projection,
    );
    return { rows: keys.map((sk, index) => ({ sk, run: readRun(rows[index]) })), more: LastEvaluatedKey !== undefined };
  }

  return {
    /**
     * A page of runs, newest first.
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
      const runs: Run[] = [];
      let last = after;
      // The index knows the workflow; what else is asked for is judged row by row, so more have to be read.
      const { workflowId, ...judged } = filters;
      const isExact = Object.values(judged).every((filter) => filter === undefined);
      for (let read = 0; ;) {
        const size = Math.min(isExact ? limit + 1 : 100, maxRowsRead - read);
        const page =
          workflowId === undefined
            ? await readByNumber(tenantId, size, last)
            : await readByWorkflow(tenantId, workflowId, size, last);
        for (const { sk, run } of page.rows) {
          if (run !== undefined && isPast(run, filters)) return { runs, next: undefined };
          if (run !== undefined && matches(run, filters)) {
            if (runs.length === limit) return { runs, next: last };
            runs.push(run);
          }
          last = sk;
        }
        read += page.rows.length;
        if (!page.more) return { runs, next: undefined };
        if (read >= maxRowsRead) return { runs, next: last };
      }
    },
  };
}

function matches(run: Run, filters: RunFilters): boolean {
  if (filters.status !== undefined && run.status !== filters.status) return false;
  if (filters.channel !== undefined && run.triggered_by.channel !== filters.channel) return false;
  if (filters.createdAfter !== undefined && run.created_at <= filters.createdAfter) return false;
  return filters.createdBefore === undefined || run.created_at < filters.createdBefore;
}

/** All runs after this one in the list are older than the filter wants. */
function isPast(run: Run, { createdAfter }: RunFilters): boolean {
  return createdAfter !== undefined && Date.parse(run.created_at) < Date.parse(createdAfter) - disorderMs;
}

function readRun(row: Row | undefined): Run | undefined {
  return row === undefined || row['void'] === true ? undefined : runSchema.parse(row);
}

/** Trail and input stay behind: they are for the detail. */
function projectionOf(attributes: readonly string[]) {
  const names = ['pk', 'sk', 'void', ...attributes];
  return {
    ProjectionExpression: names.map((_name, index) => `#p${index}`).join(', '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#p${index}`, name])),
  };
}
