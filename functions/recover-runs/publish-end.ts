import type { RunProgressStore } from '../aws/run/progress';
import type { AuditStore } from '../aws/tenant/audit';
import type { Run } from '../domain/run/run';
import type { StoredRun } from '../domain/run/stored-run';

export interface PublishEndDeps {
  readonly progress: Pick<RunProgressStore, 'countRestart' | 'end' | 'close'>;
  readonly audit: Pick<AuditStore, 'append'>;
  /** Publishes the system event of a run that has ended; calling it again changes nothing. */
  readonly announceRunEnd: (tenantId: string, run: Run) => Promise<void>;
}

/**
 * Completes the end of a run whose process died after the write that ended it: publishes the system event, or appends
 * the audit row of a cancellation. Both are written once, however often this is called. A run without `due_at` is
 * complete.
 */
export async function publishEnd(deps: PublishEndDeps, tenantId: string, run: StoredRun): Promise<void> {
  if (run.due_at === undefined) return;
  if (run.cancellation === undefined) await deps.announceRunEnd(tenantId, run);
  else await deps.audit.append(tenantId, run.cancellation);
  await deps.progress.close(tenantId, run.id);
}
