import Box from '@cloudscape-design/components/box';
import Icon from '@cloudscape-design/components/icon';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';
import type { Json, JsonObject } from '../../../../functions/domain/json';
import type { StepType } from '../../../../functions/domain/workflow/recipe';
import { seconds } from '../../parts/duration';
import './describe-step.css';
import { isObject } from '../../parts/json';
import { isStepType, stepTypes } from '../../workflow/step-types';

interface DescribedStep {
  readonly type: string;
  readonly text: ReactNode;
  readonly icon: ReactNode;
}

export function describeStep(step: Json): DescribedStep {
  const type = isObject(step) && typeof step['type'] === 'string' ? step['type'] : 'unknown';
  return {
    type,
    text: textOf(type, step),
    icon: <Icon name={isStepType(type) ? stepTypes[type].icon : 'status-warning'} />,
  };
}

function textOf(type: string, step: Json): ReactNode {
  if (!isObject(step)) return JSON.stringify(step);
  const text = isStepType(type) ? textOfType[type](step) : undefined;
  if (text !== undefined) return text;
  return <StatusIndicator type="warning">Not a step that can be performed: {JSON.stringify(step)}</StatusIndicator>;
}

/** What a step of each type does; undefined when it lacks what it needs. */
const textOfType: Readonly<Record<StepType, (step: JsonObject) => ReactNode>> = {
  log: ({ message }) => (typeof message === 'string' ? message : undefined),
  fire_webhook_event: ({ event, payload }) =>
    typeof event === 'string' ? (
      <>
        <Box variant="code">{event}</Box>
        {payload !== undefined && <pre className="step-payload">{JSON.stringify(payload, null, 2)}</pre>}
      </>
    ) : undefined,
  delay: ({ seconds: wait }) => (typeof wait === 'number' ? `Waits ${seconds(wait)}` : undefined),
};
