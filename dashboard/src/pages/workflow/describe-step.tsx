import Box from '@cloudscape-design/components/box';
import Icon, { type IconProps } from '@cloudscape-design/components/icon';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';
import type { Json } from '../../../../functions/domain/json';
import { seconds } from '../../parts/duration';
import './describe-step.css';
import { isObject } from '../../parts/json';

interface DescribedStep {
  readonly type: string;
  readonly text: ReactNode;
  readonly icon: ReactNode;
}

const icons: Readonly<Record<string, IconProps.Name>> = {
  log: 'file',
  delay: 'status-pending',
  fire_webhook_event: 'send',
};

export function describeStep(step: Json): DescribedStep {
  const type = isObject(step) && typeof step['type'] === 'string' ? step['type'] : 'unknown';
  return { type, text: textOf(type, step), icon: <Icon name={icons[type] ?? 'status-warning'} /> };
}

function textOf(type: string, step: Json): ReactNode {
  if (!isObject(step)) return JSON.stringify(step);
  const { message, seconds: wait, event, payload } = step;
  if (type === 'log' && typeof message === 'string') return message;
  if (type === 'delay' && typeof wait === 'number') return `Waits ${seconds(wait)}`;
  if (type === 'fire_webhook_event' && typeof event === 'string') {
    return (
      <>
        <Box variant="code">{event}</Box>
        {payload !== undefined && <pre className="step-payload">{JSON.stringify(payload, null, 2)}</pre>}
      </>
    );
  }
  return <StatusIndicator type="warning">Not a step that can be performed: {JSON.stringify(step)}</StatusIndicator>;
}
