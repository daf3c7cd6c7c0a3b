import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { RunDetail } from '../../api/routes';
import { seconds } from '../../parts/duration';
import { Go } from '../../parts/go';
import { plural } from '../../parts/plural';
import { DeliveryStatusIndicator } from '../../parts/statuses';
import { deliveriesIn, missingIn, numberIn, textIn } from '../../run/step-output';
import { EndpointLink } from '../../endpoint/link';
import './step-outcome.css';

type Step = RunDetail['steps'][number];

/** The result of a step: its output, the deliveries of its event, or its error. */
export function StepOutcome({ step }: { step: Step }) {
  const { output, error } = step;
  const missing = missingIn(output);
  return (
    <SpaceBetween size="xs">
      {output?.['truncated'] === true && (
        <Box color="text-body-secondary">The output was not stored, because the trail of this run is full.</Box>
      )}
      <Output step={step} />
      {missing.length > 0 && (
        <StatusIndicator type="warning">
          Not in the input: {missing.map((path) => `input.${path}`).join(', ')}
        </StatusIndicator>
      )}
      {error !== null && (
        <StatusIndicator type="error">
          {error.code}: {error.message}
        </StatusIndicator>
      )}
    </SpaceBetween>
  );
}

function Output({ step: { type, output } }: { step: Step }) {
  if (output === null) return null;
  switch (type) {
    case 'log':
      return <div className="logged">{textIn(output, 'message')}</div>;
    case 'delay':
      return <Box>Waits {seconds(numberIn(output, 'seconds') ?? 0)}</Box>;
    case 'fire_webhook_event':
      return <FiredEvent output={output} />;
  }
}

function FiredEvent({ output }: { output: NonNullable<Step['output']> }) {
  const matched = numberIn(output, 'matched_endpoints');
  const event = textIn(output, 'event');
  if (matched === undefined || event === undefined) return null;
  if (matched === 0) {
    return (
      <Alert type="warning" header="matched_endpoints: 0">
        No active endpoint subscribed to <Box variant="code">{event}</Box>, so nothing was sent.{' '}
        <Go to={`/webhook-endpoints?register=${encodeURIComponent(event)}`}>Register an endpoint for it</Go>
      </Alert>
    );
  }
  return (
    <SpaceBetween size="xxs">
      <div>
        <Box variant="code">{event}</Box> to {plural(matched, 'endpoint')}
      </div>
      {deliveriesIn(output).map(({ id, endpoint_id: endpointId, status }) => (
        <SpaceBetween key={id} direction="horizontal" size="xs">
          <DeliveryStatusIndicator status={status} />
          <EndpointLink id={endpointId} />
          <Go to={`/webhook-deliveries/${id}`}>View delivery</Go>
        </SpaceBetween>
      ))}
    </SpaceBetween>
  );
}
