import ExpandableSection from '@cloudscape-design/components/expandable-section';
import type { StepPreview } from '../../../../functions/domain/run/preview/steps';
import { PreviewSteps } from './steps';

interface SentStepsProps {
  readonly steps: readonly StepPreview[];
  /** True while the steps are those of an earlier input. */
  readonly isBehind: boolean;
}

/** What each step will send. It stays while a newer input is looked at, so that nothing jumps. */
export function SentSteps({ steps, isBehind }: SentStepsProps) {
  return (
    <ExpandableSection
      headerText="What will be sent"
      headerDescription={isBehind ? 'Being updated with your last change.' : 'With the input above filled in.'}
      defaultExpanded
    >
      <PreviewSteps steps={steps} />
    </ExpandableSection>
  );
}
