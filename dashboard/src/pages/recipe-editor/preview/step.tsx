import Box from '@cloudscape-design/components/box';
import Icon from '@cloudscape-design/components/icon';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { StepPreview } from '../../../api/routes';
import { seconds } from '../../../parts/duration';
import { Go } from '../../../parts/go';
import { plural } from '../../../parts/plural';
import { stepTypes } from '../../../workflow/step-types';

/** One step of the preview, with when it would begin. */
export function PreviewedStep({ step, startSeconds }: { step: StepPreview; startSeconds: number }) {
  return (
    <li>
      <div className="preview-head">
        <Icon name={stepTypes[step.type].icon} size="small" />
        <Box variant="strong">{step.index + 1}.</Box>
        {step.type === 'fire_webhook_event' && <Box variant="code">{step.event}</Box>}
        {step.type === 'delay' && <span>Waits {seconds(step.seconds)}</span>}
        <span className="preview-start">{startSeconds === 0 ? 'at once' : `after ${seconds(startSeconds)}`}</span>
      </div>
      {step.type === 'log' && <div className="preview-text">{step.message}</div>}
      {step.type === 'fire_webhook_event' && <Fired step={step} />}
      {step.type !== 'delay' && <Missing paths={step.missing} />}
    </li>
  );
}

function Fired({ step }: { step: StepPreview & { readonly type: 'fire_webhook_event' } }) {
  const { payload, endpoints, matched_endpoints: matched } = step;
  const more = matched - endpoints.length;
  return (
    <>
      {payload !== undefined && Object.keys(payload).length > 0 && (
        <pre className="preview-json">{JSON.stringify(payload, null, 2)}</pre>
      )}
      {matched === 0 ? (
        <StatusIndicator type="warning">
          No endpoint receives it. <Go to="/webhook-endpoints">Webhook endpoints</Go>
        </StatusIndicator>
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

function Missing({ paths }: { paths: readonly string[] }) {
  if (paths.length === 0) return null;
  return <StatusIndicator type="warning">Not in the example input: {paths.join(', ')}</StatusIndicator>;
}
