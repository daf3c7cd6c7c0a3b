import type { OpenItemStore } from '../aws/run/open-items';
import { segmentInputSchema } from '../contract/machine';
import { addSeconds } from '../domain/day';
import { firstRestartWaitSeconds, recoveryLeaseSeconds } from '../domain/timetable';
import { recoverRun, type RecoverRunDeps } from './recover-run';

/**
 * A Standard execution failed, timed out or was aborted: its run is due at once, unless it has ended (a run that failed
 * by its recipe ends its execution so, too). Once restarted it is given time, or five restarts would be used up within
 * minutes of a function that is out of order.
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
  const atOnce = run.restarts === 0;
  const waitSeconds = atOnce ? recoveryLeaseSeconds : firstRestartWaitSeconds * 2 ** (run.restarts - 1);
  const dueAt = addSeconds(deps.now(), waitSeconds).toISOString();
  const leased = await deps.openItems.leaseRun(tenantId, runId, run.due_at, dueAt);
  if (leased && atOnce) await recoverRun(deps, tenantId, runId);
  return undefined;
}
