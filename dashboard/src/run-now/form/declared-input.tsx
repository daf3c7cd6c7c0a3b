import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect } from 'react';
import type { Workflow } from '../../api/routes';
import { useRead } from '../../api/use-api';
import { focusFirstField } from '../../parts/form/focus-first-field';
import { RecipeWarnings } from '../../workflow/recipe-warnings';
import type { Declared } from '../../workflow/declared-inputs';
import { wholeText } from '../input/run-form';
import { JsonField } from '../json-field';
import { SentSteps } from '../preview/sent-steps';
import { Facts, PreviewProblem, UnheardEvents } from '../preview/summary';
import type { ReadPreview } from '../preview/use-preview';
import type { UsedRunForm } from '../use-run-form';
import { InputForm } from './form';

interface DeclaredInputProps {
  readonly workflow: Pick<Workflow, 'steps_total' | 'total_delay_seconds'>;
  readonly declared: readonly Declared[];
  readonly used: UsedRunForm;
  readonly faults: ReadonlyMap<string, string>;
  readonly turn: (view: 'form' | 'json') => void;
  readonly preview: ReadPreview;
  readonly onShown: (isShown: boolean) => void;
}

/** The input of a workflow that declares what it takes, as a form or as JSON, and what a run would do with it. */
export function DeclaredInput(props: DeclaredInputProps) {
  const { declared, used, faults, turn, onShown } = props;
  useEffect(() => {
    onShown(true);
    return () => onShown(false);
  }, [onShown]);
  return (
    <SpaceBetween size="l">
      <Prefilled used={used} />
      <SegmentedControl
        label="Enter the input as"
        selectedId={used.form.view}
        options={[
          { id: 'form', text: 'Form' },
          { id: 'json', text: 'JSON' },
        ]}
        onChange={({ detail }) => turn(detail.selectedId === 'json' ? 'json' : 'form')}
      />
      {used.form.view === 'form' ? (
        <InputForm declared={declared} used={used} faults={faults} />
      ) : (
        <JsonField
          text={used.form.text}
          fault={faults.get(wholeText)}
          placeholder={`{"${declared[0]?.[0] ?? ''}": …}`}
          onChange={used.setText}
        />
      )}
      <Outlook {...props} />
    </SpaceBetween>
  );
}

/** Says where the values come from that nobody typed, and offers to begin without them. */
function Prefilled({ used: { prefilled, misfits, clear } }: Pick<DeclaredInputProps, 'used'>) {
  if (prefilled === undefined) return null;
  const press = () => {
    clear();
    // The button that had the focus is gone.
    focusFirstField();
  };
  return (
    <div role="status">
      <Alert type="info" action={<Button onClick={press}>Clear them</Button>}>
        {prefilled === 'last'
          ? 'These are the values you ran it with last.'
          : 'These are the values of the earlier run.'}
        {misfits.length > 0 && ` Left out, because the field does not take it: ${misfits.join(', ')}.`}
      </Alert>
    </div>
  );
}

/** What a run would do and cost. It stands below the fields, because it grows with what they hold. */
function Outlook({ workflow, used, preview: { data, error, isBehind } }: DeclaredInputProps) {
  const { data: usage } = useRead('GET usage', {});
  return (
    <SpaceBetween size="m">
      <Facts
        stepsTotal={data?.steps_total ?? workflow.steps_total}
        delaySeconds={data?.total_delay_seconds ?? workflow.total_delay_seconds}
        usage={data?.usage ?? usage}
      />
      {error !== null && used.faults.size === 0 && <PreviewProblem error={error} />}
      {used.faults.size > 0 && (
        <Box color="text-body-secondary">What will be sent is shown once the values above fit.</Box>
      )}
      {data !== undefined && (
        <>
          <RecipeWarnings warnings={data.warnings ?? []} />
          <UnheardEvents steps={data.webhook_steps} />
          {data.steps !== undefined && used.faults.size === 0 && <SentSteps steps={data.steps} isBehind={isBehind} />}
        </>
      )}
    </SpaceBetween>
  );
}
