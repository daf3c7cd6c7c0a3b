import Box from '@cloudscape-design/components/box';
import List from '@cloudscape-design/components/list';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { StepPreview } from '../../../../functions/domain/run/preview/steps';
import { seconds } from '../../parts/duration';
import { Go } from '../../parts/go';
import { plural } from '../../parts/plural';
import { SentText } from './sent-text';
import './steps.css';

/** Every step as it would be performed: its text with the input filled in, and the endpoints that it reaches. */
export function PreviewSteps({ steps }: { readonly steps: readonly StepPreview[] }) {
  return (
    <List
      ariaLabel="Steps as they will be performed"
      tagOverride="ol"
      items={steps}
      renderItem={(step) => ({
        id: String(step.index),
        content: `${step.index + 1}. ${step.type}`,
        secondaryContent: <Step step={step} />,
      })}
    />
  );
}

function Step({ step }: { step: StepPreview }) {
  const { message, payload, seconds: wait, event, missing } = step;
  const name = `Text of step ${step.index + 1}`;
  return (
    <SpaceBetween size="xxs">
      {event !== undefined && <Box variant="code">{event}</Box>}
      {wait !== undefined && <div>Waits {seconds(wait)}</div>}
      {message !== undefined && <SentText text={message} missing={missing} name={name} />}
      {payload !== undefined && <SentText text={JSON.stringify(payload, null, 2)} missing={missing} name={name} />}
      {step.truncated && (
        <Box color="text-body-secondary">
          The text is not shown: those of all steps together are too long for a preview. It is sent in full.
        </Box>
      )}
      {step.error !== null && (
        <StatusIndicator type="error">
          This step would fail with {step.error.code}: {step.error.message}
        </StatusIndicator>
      )}
      {missing.length > 0 && (
        <StatusIndicator type="warning">
          {missing.map((path) => `input.${path}`).join(', ')} {missing.length === 1 ? 'is' : 'are'} missing: the
          placeholder is sent as it stands.
        </StatusIndicator>
      )}
      {step.matched_endpoints !== undefined && <Reached step={step} />}
    </SpaceBetween>
  );
}

/** Where an event goes. */
function Reached({ step: { endpoints = [], matched_endpoints: matched = 0 } }: { step: StepPreview }) {
  if (matched === 0) return <StatusIndicator type="warning">Reaches no endpoint</StatusIndicator>;
  const more = matched - endpoints.length;
  return (
    <div>
      Reaches {plural(matched, 'endpoint')}:
      <ul>
        {endpoints.map(({ id, url }) => (
          <li key={id}>
            <Go to={`/webhook-endpoints/${id}`}>{url}</Go>
          </li>
        ))}
        {more > 0 && <li>and {plural(more, 'other')}</li>}
      </ul>
    </div>
  );
}
