import type { HealthState } from '../../../../functions/domain/endpoint/health';
import type { Overview } from '../../../../functions/domain/run/overview/view';
import type { RunErrorCode } from '../../../../functions/domain/run/run';
import type { RunStatus } from '../../../../functions/domain/run-status';

/** The list of exactly the runs that a number of the overview counts. */
export function runsAddress(
  { since }: Pick<Overview['window'], 'since'>,
  status: RunStatus,
  errorCode?: RunErrorCode,
): string {
  const filters = { status, ...(errorCode !== undefined && { error_code: errorCode }), created_from: since };
  return `/workflow-runs?${new URLSearchParams(filters).toString()}`;
}

export function endpointsAddress(health: HealthState): string {
  return `/webhook-endpoints?health=${health}`;
}
