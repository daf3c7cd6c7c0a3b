import { segmentInputSchema } from '../contract';
import { addSeconds } from '../domain/day';
import type { OpenItemStore } from '../aws/open-items';
import { recoverRun, type RecoverRunDeps } from './recover-run';

const leaseSeconds = 120;

/**
 * A Standard execution failed, timed out or was aborted: its run is due at once, unless it has ended (a run that failed
 * by its recipe ends its execution so, too).
 *
 * @param input the execution's input, as EventBridge quotes it
 */
export async function recoverInterrupted(
  deps: RecoverRunDeps & { readonly openItems: OpenItemStore },
  input: string,
): Promise<undefined> {
  const { tenant_id: tenantId, run_id: runId } = segmentInputSchema.parse(JSON.parse(input));
  const run = await deps.runs.get(tenantId, runId);
  if (run?.due_at === undefined) return undefined;
  const leased = await deps.openItems.leaseRun(
    tenantId,
    runId,
    run.due_at,
    addSeconds(deps.now(), leaseSeconds).toISOString(),
  );
  if (leased) await recoverRun(deps, tenantId, runId);
  return undefined;
}
