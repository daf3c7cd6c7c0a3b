import type { Workflow } from '../api/routes';
import type { Session } from '../session/session';

/** Why this person cannot run this workflow; undefined when they can. Said beside its name, where the button is missing. */
export function whyNotRunnable(
  { active }: Pick<Workflow, 'active'>,
  { mayManage }: Pick<Session, 'mayManage'>,
): string | undefined {
  if (!mayManage) return 'Running it needs the Manage agents permission.';
  if (!active) return 'Inactive: activate it to run it.';
  return undefined;
}
