import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Attempt, AttemptTrigger } from '../../../../functions/domain/delivery/delivery';
import { duration } from '../../parts/duration';
import { CodeBlock } from '../../parts/json-view';
import { Time } from '../../parts/time';

const triggers: Readonly<Record<AttemptTrigger, string>> = {
  event: 'on schedule',
  test: 'test event',
  replay: 'redelivery',
};

/** Every attempt, with the last one first and expanded. */
export function Attempts({ attempts }: { attempts: readonly Attempt[] }) {
  if (attempts.length === 0) return 'There are no attempts yet. The first one is about to start.';
  return (
    <SpaceBetween size="xs">
      {[...attempts].reverse().map((attempt, index) => (
        <ExpandableSection
          key={attempt.number}
          defaultExpanded={index === 0}
          headerText={
            <SpaceBetween direction="horizontal" size="s">
              {`Attempt ${attempt.number}, ${triggers[attempt.trigger]}`}
              <Result attempt={attempt} />
            </SpaceBetween>
          }
        >
          <AttemptDetail attempt={attempt} />
        </ExpandableSection>
      ))}
    </SpaceBetween>
  );
}

function Result({ attempt: { error, response_status: status, duration_ms: ms } }: { attempt: Attempt }) {
  const answer = status === null ? 'No response' : `Answered ${status}`;
  return (
    <StatusIndicator type={error === null ? 'success' : 'error'}>
      {answer} after {duration(ms)}
      {error !== null && `, ${error.class}`}
    </StatusIndicator>
  );
}

function AttemptDetail({ attempt }: { attempt: Attempt }) {
  const { error } = attempt;
  const headers = Object.entries(attempt.request_headers).map(([name, value]) => `${name}: ${value ?? '(hidden)'}`);
  return (
    <SpaceBetween size="m">
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'Time', value: <Time at={attempt.at} /> },
          { label: 'IP address', value: attempt.address ?? 'No connection was made' },
          { label: 'URL', value: attempt.url },
          ...(error === null
            ? []
            : [
                {
                  label: 'Error',
                  value: `${error.class}${error.rule === null ? '' : ` (${error.rule})`}: ${error.detail}`,
                },
              ]),
        ]}
      />
      <div>
        <Box variant="awsui-key-label">Headers sent</Box>
        <CodeBlock text={headers.join('\n')} name={`headers of attempt ${attempt.number}`} language="text" />
      </div>
      {attempt.response_excerpt !== null && attempt.response_excerpt !== '' && (
        <div>
          <Box variant="awsui-key-label">Response (the first 4 KB)</Box>
          <CodeBlock text={attempt.response_excerpt} name={`response to attempt ${attempt.number}`} language="text" />
        </div>
      )}
    </SpaceBetween>
  );
}
