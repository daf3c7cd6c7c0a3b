import { titled } from '../parts/statuses';
import { smallestPlanWith } from '../session/plans';
import { useSession } from '../session/session';

/** Why the tenant may not send test events and redeliveries; undefined if it may. */
export function useSendingRefusal(): string | undefined {
  const { me, planIncludes } = useSession();
  if (planIncludes('dashboard')) return undefined;
  return `Sending needs the ${titled(smallestPlanWith(me, 'dashboard'))} plan or above.`;
}
