import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { UsageView } from '../../../../functions/domain/tenant/usage';
import { CapReached } from '../../parts/cap-reached';
import { number } from '../../parts/plural';
import { titled } from '../../parts/statuses';
import { localAndUtc } from '../../parts/time';

/** How much of today's cap is used, and when the cap resets. */
export function Today({ usage }: { usage: UsageView }) {
  const { used, cap, remaining, resets_at: resetsAt, plan, day } = usage;
  return (
    <SpaceBetween size="l">
      {remaining === 0 && <CapReached resetsAt={resetsAt}>No more runs can be started today.</CapReached>}
      <Container
        header={
          <Header variant="h2" description={`${day} (UTC)`}>
            Today
          </Header>
        }
      >
        <SpaceBetween size="l">
          {cap !== null && (
            <ProgressBar
              value={cap === 0 ? 100 : (used / cap) * 100}
              label="Runs used"
              additionalInfo={`${number(used)} of ${number(cap)}`}
              status={remaining === 0 ? 'error' : 'in-progress'}
              resultText={`All ${number(cap)} used`}
            />
          )}
          <KeyValuePairs
            columns={4}
            items={[
              { label: 'Used', value: number(used) },
              { label: 'Daily run cap', value: cap === null ? 'Unlimited' : number(cap) },
              { label: 'Resets', value: localAndUtc(resetsAt) },
              { label: 'Plan', value: titled(plan) },
            ]}
          />
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}
