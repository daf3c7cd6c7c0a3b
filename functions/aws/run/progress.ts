import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { openStatuses, RunStatus } from '../../domain/run-status';
import type { RunError, TrailEntry } from '../../domain/run/run';
import type { AuditEvent } from '../../domain/tenant/audit';
import { whenConditionHolds, type Database, type Row } from '../database';
import { openShard, runKey } from '../keys';
import { placeEntries } from './trails';

/** A run that goes from one execution to the next. */
export interface HandOver {
  /** The part of the run that the next execution performs. An execution of an earlier part performs nothing any more. */
  readonly part: number;
  /** The execution that hands over. */
  readonly by: string;
}

/** What one segment did; it is written in one request. */
export interface SegmentResult {
  /** The cursor that the segment started from. The write succeeds only if the row still has it. */
  readonly expectedCursor: number;
  readonly cursor: number;
  readonly entries: readonly TrailEntry[];
  readonly status: RunStatus;
  readonly stepsSucceeded: number;
  readonly stepsFailed: number;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly resumeAt: string | null;
  readonly error: RunError | null;
  /** The next due time; undefined leaves that of an open run as it is, and removes that of a run that ends. */
  readonly dueAt: string | undefined;
  /** Set if another execution goes on with the run. */
  readonly handsOver?: HandOver | undefined;
  /** The segment was throttled, so the restarts that led to it do not count against the run. */
  readonly throttled?: boolean;
}

export type RunProgressStore = ReturnType<typeof runProgressStore>;

/** The run has not ended: a terminal status never changes. */
const isOpen = '#status IN (:queued, :running)';
/** No other process performed these steps, so a repeated segment changes nothing. */
const cursorUnmoved = '#cursor = :expected';

const openValues = { ':queued': 'queued', ':running': 'running' } satisfies Record<
  `:${string}`,
  (typeof openStatuses)[number]
>;

/** Everything that changes the row of a run. Each change is one conditional write. */
export function runProgressStore(db: Database) {
  const update = (tenantId: string, runId: number, command: { set: Row; expression: string; condition: string }) =>
    whenConditionHolds(() =>
      db.client.send(
        new UpdateCommand({
          TableName: db.tableName,
          Key: { ...runKey(tenantId, runId) },
          UpdateExpression: command.expression,
          ConditionExpression: command.condition,
          ExpressionAttributeNames: namesIn(command.expression + command.condition),
          ExpressionAttributeValues: command.set,
        }),
      ),
    );

  return {
    /** Appends the trail of a segment and moves the cursor. False if the run ended or moved in the meantime. */
    async record(
      tenantId: string,
      run: { id: number; uid: string; trail: readonly TrailEntry[] },
      segment: SegmentResult,
    ): Promise<boolean> {
      const entries = await placeEntries(db, tenantId, run.id, run.trail, segment);
      const ends = segment.finishedAt !== null;
      const due =
        segment.dueAt !== undefined ? ', due_at = :due, open_shard = :shard' : ends ? ' REMOVE due_at, open_shard' : '';
      const excused = segment.throttled === true ? ', restarts_excused = restarts' : '';
      const handsOver = segment.handsOver === undefined ? '' : ', #part = :part, handed_over_by = :by';
      return update(tenantId, run.id, {
        expression:
          'SET trail = list_append(trail, :entries), #cursor = :cursor, #status = :status, steps_succeeded = :succeeded, ' +
          `steps_failed = :failed, started_at = :started, finished_at = :finished, resume_at = :resume, #error = :error${excused}${handsOver}${due}`,
        condition: `${isOpen} AND ${cursorUnmoved}`,
        set: {
          ...openValues,
          ...trailValues(segment, entries),
          ':status': segment.status,
          ':started': segment.startedAt,
          ':finished': segment.finishedAt,
          ':resume': segment.resumeAt,
          ':error': segment.error,
          ...(segment.handsOver && { ':part': segment.handsOver.part, ':by': segment.handsOver.by }),
          ...(segment.dueAt !== undefined && { ':due': segment.dueAt, ':shard': openShard(run.uid) }),
        },
      });
    },

    /** Records what a segment did although the run was cancelled or timed out meanwhile. The status stays. */
    async recordAfterEnd(
      tenantId: string,
      run: { id: number; trail: readonly TrailEntry[] },
      segment: SegmentResult,
    ): Promise<boolean> {
      const entries = await placeEntries(db, tenantId, run.id, run.trail, segment);
      return update(tenantId, run.id, {
        expression:
          'SET trail = list_append(trail, :entries), #cursor = :cursor, steps_succeeded = :succeeded, steps_failed = :failed',
        condition: cursorUnmoved,
        set: trailValues(segment, entries),
      });
    },

    /**
     * Ends an open run from outside its execution: cancelled by a person, or failed by recovery. False when it had
     * ended. With `dueAt` recovery publishes the end then, unless `close` is called before.
     */
    end(
      tenantId: string,
      runId: number,
      how: {
        status: 'cancelled' | 'failed';
        at: string;
        error: RunError | null;
        dueAt?: string;
        cancellation?: AuditEvent;
      },
    ): Promise<boolean> {
      const { status, at, error, dueAt, cancellation } = how;
      const setCancellation = cancellation === undefined ? '' : ', cancellation = :cancellation';
      const due = dueAt === undefined ? ' REMOVE due_at, open_shard' : ', due_at = :due';
      return update(tenantId, runId, {
        expression: `SET #status = :status, finished_at = :at, #error = :error${setCancellation}${due}`,
        condition: isOpen,
        set: {
          ...openValues,
          ':status': status,
          ':at': at,
          ':error': error,
          ...(cancellation !== undefined && { ':cancellation': cancellation }),
          ...(dueAt !== undefined && { ':due': dueAt }),
        },
      });
    },

    /** Removes the due time of a run that has ended: its end was published. */
    close(tenantId: string, runId: number): Promise<boolean> {
      return update(tenantId, runId, {
        expression: 'REMOVE due_at, open_shard',
        condition: `NOT (${isOpen})`,
        set: openValues,
      });
    },

    /** Records a restart that Step Functions accepted. */
    countRestart(tenantId: string, run: { id: number; restarts: number }, dueAt: string): Promise<boolean> {
      return update(tenantId, run.id, {
        expression: 'SET restarts = :next, due_at = :due',
        condition: `${isOpen} AND restarts = :restarts`,
        set: { ...openValues, ':restarts': run.restarts, ':next': run.restarts + 1, ':due': dueAt },
      });
    },
  };
}

function trailValues(segment: SegmentResult, entries: readonly unknown[]): Row {
  return {
    ':expected': segment.expectedCursor,
    ':entries': entries,
    ':cursor': segment.cursor,
    ':succeeded': segment.stepsSucceeded,
    ':failed': segment.stepsFailed,
  };
}

/**
 * Selects the names that an expression uses, because DynamoDB refuses unused ones. `#x` always stands for the attribute
 * `x`.
 */
function namesIn(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/#(\w+)/g)].map(([name, attribute]) => [name, attribute ?? '']));
}
