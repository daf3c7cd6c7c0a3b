import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Overview } from '../../../../../functions/domain/run/overview/view';
import { CapReached } from '../../../parts/cap-reached';
import { Go } from '../../../parts/go';
import { number } from '../../../parts/plural';
import { localAndUtc } from '../../../parts/time';
import type { AttentionLine } from './line';

/** From this part of the cap on, somebody should know before it is used up. */
const nearlyUsed = 0.8;

export function capLines({ day }: Pick<Overview, 'day'>): AttentionLine[] {
  const { used, cap, remaining, resets_at: resetsAt } = day;
  if (cap === null || remaining === null) return [];
  if (remaining === 0) {
    const content = <CapReached resetsAt={resetsAt}>No more runs can be started today.</CapReached>;
    return [{ id: 'cap', content }];
  }
  if (used < cap * nearlyUsed) return [];
  const content = (
    <>
      <StatusIndicator type="warning">
        <Go to="/usage">{`${number(used)} of ${number(cap)} runs of today are used`}</Go>
      </StatusIndicator>
      <Box variant="small" display="block">
        Above the cap no run is started. It resets at {localAndUtc(resetsAt)}.
      </Box>
    </>
  );
  return [{ id: 'cap', content }];
}
