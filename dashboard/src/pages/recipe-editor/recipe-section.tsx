import Alert from '@cloudscape-design/components/alert';
import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { CheckResult } from './check-result';
import { JsonEditor } from './json-editor';
import type { PlacedFaults } from './place-faults';
import { StepList } from './step-list';
import type { Check } from './use-check';
import type { RecipeDraft } from './use-recipe-draft';

interface RecipeSectionProps {
  readonly draft: RecipeDraft;
  readonly check: Check;
  readonly faults: PlacedFaults;
}

/** The recipe as steps or as JSON; what is written in one is there in the other. */
export function RecipeSection({ draft, check, faults }: RecipeSectionProps) {
  const { view, text, recipe, remark, show, write, arrange } = draft;
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SegmentedControl
              label="Edit as"
              selectedId={view}
              options={[
                { id: 'steps', text: 'Steps' },
                { id: 'json', text: 'JSON' },
              ]}
              onChange={({ detail }) => show(detail.selectedId === 'json' ? 'json' : 'steps')}
            />
          }
        >
          Recipe
        </Header>
      }
    >
      <SpaceBetween size="m">
        <CheckResult check={check} faults={faults} showSteps={view === 'json'} />
        {remark !== undefined && <Alert type="warning">{remark}</Alert>}
        {view === 'json' ? (
          <JsonEditor text={text} onChange={write} />
        ) : (
          <>
            <Checkbox
              checked={recipe.continueOnError}
              description="The run goes through all steps, and ends failed if one of them failed."
              onChange={({ detail }) => arrange({ ...recipe, continueOnError: detail.checked })}
            >
              Continue on error
            </Checkbox>
            <StepList steps={recipe.steps} faults={faults} onChange={(steps) => arrange({ ...recipe, steps })} />
          </>
        )}
      </SpaceBetween>
    </Container>
  );
}
