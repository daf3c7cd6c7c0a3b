import type { Workflow } from '../api/routes';
import type { Session } from '../session/session';

/** Explains beside a workflow's name why the button to run it is missing. Undefined if the user can run it. */
export function whyNotRunnable(
  { active }: Pick<Workflow, 'active'>,
  { mayManage }: Pick<Session, 'mayManage'>,
): string | undefined {
  if (!mayManage) return 'Running it needs the Manage agents permission.';
  if (!active) return 'Inactive: activate it to run it.';
  return undefined;
}
