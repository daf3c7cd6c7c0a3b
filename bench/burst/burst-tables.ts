import type { Delivery } from '../../functions/domain/delivery/delivery';
import type { WebhookEvent } from '../../functions/domain/delivery/event';
import { eventIdOf } from '../../functions/domain/delivery/ids';
import type { FireDeps } from '../../functions/domain/delivery/fire-event';
import { isTerminal } from '../../functions/domain/run-status';
import type { RunError } from '../../functions/domain/run/run';
import type { StoredRun } from '../../functions/domain/run/stored-run';
import type { RecoverRunDeps } from '../../functions/recover-runs/recover-run';
import type { RunSegmentDeps } from '../../functions/run-segment/deps';
import { itemBytes } from '../cost/count/item-size';
import type { throttlingPartition } from '../../test/support/throttling-partition';

type Partition = ReturnType<typeof throttlingPartition>;

/** Events and deliveries of one tenant, in the partition that they share. Only what a repeat finds again is kept. */
export function burstEvents(partition: Partition) {
  const events = new Map<string, { readonly event: WebhookEvent; readonly deliveries: Set<string> }>();
  let stored = 0;
  const unitsOf = (item: object) => Math.ceil(itemBytes({ ...item }) / 1024);
  /** All deliveries are of one size, so it is measured once. */
  let deliveryUnits: number | undefined;
  const deps: Pick<FireDeps, 'events' | 'deliveries'> = {
    events: {
      putIfAbsent: (_tenantId, event) =>
        partition.write(unitsOf(event), () => {
          const kept = events.get(event.id) ?? { event, deliveries: new Set() };
          events.set(event.id, kept);
          return kept.event;
        }),
    },
    deliveries: {
      putIfAbsent: (_tenantId, delivery: Delivery) =>
        partition.write((deliveryUnits ??= unitsOf(delivery)), () => {
          const kept = events.get(eventIdOf(delivery.id))?.deliveries;
          stored += kept?.has(delivery.id) === false ? 1 : 0;
          kept?.add(delivery.id);
        }),
      idsOfEvent: (_tenantId, eventId) => Promise.resolve(new Set(events.get(eventId)?.deliveries)),
    },
  };
  return {
    deps,
    stored: () => stored,
    /** Frees the memory of a run that has ended. */
    forget: (eventIds: readonly string[]) => eventIds.forEach((id) => events.delete(id)),
  };
}

interface End {
  readonly status: 'cancelled' | 'failed';
  readonly at: string;
  readonly error: RunError | null;
}

/** The rows of runs, with the conditions of their writes. Their partition is far from its limit, so it is not modelled. */
export function burstRuns(recipe: unknown, rows: Map<number, StoredRun>) {
  const open = (id: number) => {
    const row = rows.get(id);
    return row === undefined || isTerminal(row.status) ? undefined : row;
  };
  const runs: RunSegmentDeps['runs'] = {
    get: (_tenantId, id) => Promise.resolve(rows.get(id)),
    getWithRecipe: (_tenantId, { runId }) => Promise.resolve({ row: rows.get(runId), recipe }),
    inputOf: () => Promise.resolve('{}'),
  };
  const progress: RunSegmentDeps['progress'] & Pick<RecoverRunDeps['progress'], 'countRestart' | 'end'> = {
    record: (_tenantId, { id }, segment) => {
      const row = open(id);
      if (row?.cursor !== segment.expectedCursor) return Promise.resolve(false);
      const { due_at: dueAt, ...rest } = row;
      const nextDueAt = segment.dueAt ?? (segment.finishedAt === null ? dueAt : undefined);
      rows.set(id, {
        ...rest,
        trail: [...row.trail, ...segment.entries],
        cursor: segment.cursor,
        status: segment.status,
        steps_succeeded: segment.stepsSucceeded,
        started_at: segment.startedAt,
        finished_at: segment.finishedAt,
        resume_at: segment.resumeAt,
        error: segment.error,
        ...(nextDueAt !== undefined && { due_at: nextDueAt }),
        ...(segment.throttled === true && { restarts_excused: row.restarts }),
      });
      return Promise.resolve(true);
    },
    recordAfterEnd: () => Promise.resolve(true),
    close: () => Promise.resolve(true),
    countRestart: (_tenantId, { id, restarts }, dueAt) => {
      const row = open(id);
      if (row?.restarts !== restarts) return Promise.resolve(false);
      rows.set(id, { ...row, restarts: restarts + 1, due_at: dueAt });
      return Promise.resolve(true);
    },
    end: (_tenantId, id, { status, at, error }: End) => {
      const row = open(id);
      if (row !== undefined) rows.set(id, { ...row, status, finished_at: at, error });
      return Promise.resolve(row !== undefined);
    },
  };
  return { runs, progress };
}
