import Box from '@cloudscape-design/components/box';
import Icon from '@cloudscape-design/components/icon';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { StepPreview } from '../../../../../functions/domain/run/preview/steps';
import { seconds } from '../../../parts/duration';
import { Go } from '../../../parts/go';
import { plural } from '../../../parts/plural';
import { stepTypes } from '../../../workflow/step-types';
import { Note } from './note';

/** One step of the preview, with when it would begin. */
export function PreviewedStep({ step, startSeconds }: { step: StepPreview; startSeconds: number }) {
  const { index, type, event, seconds: wait, message, missing, error, truncated } = step;
  return (
    <li>
      <div className="preview-head">
        <Icon name={stepTypes[type].icon} size="small" />
        <Box variant="strong">{index + 1}.</Box>
        {event !== undefined && <Box variant="code">{event}</Box>}
        {wait !== undefined && <span>Waits {seconds(wait)}</span>}
        <span className="preview-start">{startSeconds === 0 ? 'at once' : `after ${seconds(startSeconds)}`}</span>
      </div>
      {message !== undefined && <div className="preview-text">{message}</div>}
      {event !== undefined && <Fired step={step} />}
      {truncated && <Box color="text-body-secondary">Its text is left out here, because the texts are too long.</Box>}
      {error !== null && <StatusIndicator type="error">This step would fail: {error.message}</StatusIndicator>}
      {missing.length > 0 && <Note>Not in the example input: {missing.join(', ')}</Note>}
    </li>
  );
}

function Fired({
  step: { event = '', payload, endpoints = [], matched_endpoints: matched = 0 },
}: {
  step: StepPreview;
}) {
  const more = matched - endpoints.length;
  return (
    <>
      {payload !== undefined && Object.keys(payload).length > 0 && (
        <pre className="preview-text">{JSON.stringify(payload, null, 2)}</pre>
      )}
      {matched === 0 ? (
        <Note>
          No active endpoint receives it.{' '}
          <Go to={`/webhook-endpoints?register=${encodeURIComponent(event)}`}>Register an endpoint</Go>
        </Note>
      ) : (
        <>
          <div>Received by {plural(matched, 'endpoint')}:</div>
          <ul className="preview-endpoints">
            {endpoints.map(({ id, url }) => (
              <li key={id}>
                <Go to={`/webhook-endpoints/${id}`}>{url}</Go>
              </li>
            ))}
            {more > 0 && <li>and {more} more</li>}
          </ul>
        </>
      )}
    </>
  );
}
