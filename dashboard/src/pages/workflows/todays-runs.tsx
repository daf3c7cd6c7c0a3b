import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { besidePace } from '../../api/pace';
import { useRead } from '../../api/use-api';
import { Go } from '../../parts/go';
import { number } from '../../parts/plural';
import { localAndUtc } from '../../parts/time';

/** How much of today's cap is used. Shown before the user starts a run. */
export function TodaysRuns() {
  const { data: usage } = useRead('GET usage', {}, { poll: besidePace });
  if (usage === undefined || usage.cap === null) return null;
  const { used, cap, remaining, resets_at: resetsAt } = usage;
  if (remaining === 0) {
    return (
      <>
        <StatusIndicator type="warning">Daily workflow cap reached</StatusIndicator>: resets at {localAndUtc(resetsAt)}.{' '}
        <Go to="/usage">Usage</Go>
      </>
    );
  }
  return (
    <>
      {number(used)} of {number(cap)} runs used today. <Go to="/usage">Usage</Go>
    </>
  );
}
