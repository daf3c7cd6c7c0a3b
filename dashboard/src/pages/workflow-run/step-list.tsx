import Box from '@cloudscape-design/components/box';
import Steps from '@cloudscape-design/components/steps';
import type { RunDetail } from '../../api/routes';
import { Elapsed } from '../../parts/clock/elapsed';
import { stepIndicators, titled } from '../../parts/statuses';
import { Clock } from '../../parts/time';
import { isOpen } from '../../run/open';
import { StepOutcome } from './step-outcome';

type Step = RunDetail['steps'][number];

/** The steps in order: when each one started, how long it took, and its result. */
export function StepList({ run }: { run: RunDetail }) {
  if (run.steps.length === 0) {
    return isOpen(run)
      ? 'The recipe is being checked before its first step.'
      : 'No step was performed: the recipe was refused before the first one.';
  }
  return (
    <Steps
      ariaLabel="Steps of the run"
      steps={run.steps.map((step) => ({
        status: stepIndicators[step.status],
        statusIconAriaLabel: titled(step.status),
        header: <StepHeader step={step} />,
        details: <StepOutcome step={step} />,
      }))}
    />
  );
}

function StepHeader({ step: { index, type, status, started_at: from, finished_at: to } }: { step: Step }) {
  return (
    // The timeline leads here.
    <span id={`step-${index}`} tabIndex={-1}>
      <b>
        {index + 1}. {type}
      </b>{' '}
      <Box variant="span" color="text-body-secondary">
        {titled(status)}
        {from !== null && (
          <>
            {' '}
            at <Clock at={from} />, <Elapsed from={from} to={to} />
          </>
        )}
      </Box>
    </span>
  );
}
