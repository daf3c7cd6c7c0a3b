import type { AuditStore } from '../aws/audit';
import type { RunProgressStore } from '../aws/run-progress';
import type { RunRow } from '../aws/runs';
import type { Run } from '../domain/run';

export interface TellEndDeps {
  readonly progress: RunProgressStore;
  readonly audit: AuditStore;
  /** Fires the system event of a run that has ended; repeating it changes nothing. */
  readonly announceRunEnd: (tenantId: string, run: Run) => Promise<void>;
}

/**
 * Does what the process that ended a run may have died over: fires its event, or appends the audit row of its
 * cancellation. Both are put once, however often this is called.
 */
export async function tellEnd(deps: TellEndDeps, tenantId: string, run: RunRow): Promise<void> {
  if (run.due_at === undefined) return;
  if (run.cancellation === undefined) await deps.announceRunEnd(tenantId, run);
  else await deps.audit.append(tenantId, run.cancellation);
  await deps.progress.close(tenantId, run.id);
}
