import type { OpenItemStore } from '../aws/run/open-items';
import { segmentInputSchema } from '../contract/machine';
import { addSeconds } from '../domain/day';
import { firstRestartWaitSeconds, recoveryLeaseSeconds } from '../domain/timetable';
import { recoverRun, type RecoverRunDeps } from './recover-run';

/**
 * Takes up a run whose Standard execution failed, timed out or was aborted. It is restarted at once the first time.
 * After that it waits, twice as long each time, because a function that is out of order would otherwise use up five
 * restarts within minutes. A run that has ended is left alone: one whose recipe failed also fails its execution.
 *
 * @param input the execution's input, as text, from the EventBridge event
 */
export async function recoverInterrupted(
  deps: RecoverRunDeps & { readonly openItems: OpenItemStore },
  input: string,
): Promise<undefined> {
  const { tenant_id: tenantId, run_id: runId, uid } = segmentInputSchema.parse(JSON.parse(input));
  const run = await deps.runs.get(tenantId, runId);
  // After a restore of the table, the number may be that of another run.
  if (run?.due_at === undefined || run.uid !== uid) return undefined;
  const isFirstRestart = run.restarts === 0;
  const waitSeconds = isFirstRestart ? recoveryLeaseSeconds : firstRestartWaitSeconds * 2 ** (run.restarts - 1);
  const dueAt = addSeconds(deps.now(), waitSeconds).toISOString();
  const leased = await deps.openItems.leaseRun(tenantId, runId, run.due_at, dueAt);
  if (leased && isFirstRestart) await recoverRun(deps, tenantId, runId);
  return undefined;
}
