import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { PreviewedRecipe } from '../../../api/routes';
import { seconds } from '../../../parts/duration';
import { number, plural } from '../../../parts/plural';
import { warningTexts } from '../../../workflow/warning-texts';
import { Note } from './note';
import './preview.css';
import { startsOf } from './starts';
import { PreviewedStep } from './step';

export interface PreviewProps {
  /** What a run of the last valid recipe would do. Undefined before there was one. */
  readonly shown: PreviewedRecipe | undefined;
  /** Whether it is of what is typed now. */
  readonly is: 'current' | 'updating' | 'outdated';
}

/** What a run of the recipe would do, step by step, with an example of its input. */
export function Preview({ shown, is }: PreviewProps) {
  return (
    <Container
      header={
        <Header variant="h2" description="What a run would do. Nothing is sent.">
          Preview
        </Header>
      }
    >
      <SpaceBetween size="s">
        <State shown={shown} is={is} />
        {shown !== undefined && (
          <div className={is === 'outdated' ? 'preview is-outdated' : 'preview'}>
            <Shown shown={shown} />
          </div>
        )}
      </SpaceBetween>
    </Container>
  );
}

function State({ shown, is }: PreviewProps) {
  if (is === 'outdated') {
    return (
      <StatusIndicator type="warning">
        {shown === undefined
          ? 'Shown once the recipe has no faults.'
          : 'The recipe has faults. This is how it was before.'}
      </StatusIndicator>
    );
  }
  if (is === 'updating' || shown === undefined) return <StatusIndicator type="loading">Updating</StatusIndicator>;
  return <StatusIndicator type="success">Up to date</StatusIndicator>;
}

function Shown({ shown }: { shown: PreviewedRecipe }) {
  const { steps_total: total, total_delay_seconds: delay, warnings = [], steps = [], input, usage } = shown;
  const starts = startsOf(steps);
  return (
    <SpaceBetween size="s">
      <Box>
        <strong>{plural(total, 'step')}</strong>, waits {seconds(delay)}
        {usage !== undefined && `. Runs left today: ${runsLeft(usage)}`}
      </Box>
      <ol className="preview-steps" aria-label="What each step would do">
        {steps.map((step, index) => (
          <PreviewedStep key={step.index} step={step} startSeconds={starts[index] ?? 0} />
        ))}
      </ol>
      <Warnings texts={warningTexts(warnings)} />
      {input !== undefined && Object.keys(input).length > 0 && (
        <ExpandableSection headerText="Example input">
          <pre className="preview-text">{JSON.stringify(input, null, 2)}</pre>
        </ExpandableSection>
      )}
    </SpaceBetween>
  );
}

function runsLeft({ cap, remaining }: NonNullable<PreviewedRecipe['usage']>): string {
  if (cap === null || remaining === null) return 'unlimited';
  return `${number(remaining)} of ${number(cap)}`;
}

function Warnings({ texts }: { texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <ExpandableSection headerText={plural(texts.length, 'warning')} defaultExpanded>
      <ul className="preview-endpoints">
        {texts.map((text, index) => (
          <li key={index}>
            <Note>{text}</Note>
          </li>
        ))}
      </ul>
    </ExpandableSection>
  );
}
