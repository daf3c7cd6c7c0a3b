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
  /** What may stay as it is, placed like faults. */
  readonly warnings: PlacedFaults;
}

/** Edits the recipe as steps or as JSON. A change in one view appears in the other. */
export function RecipeSection({ draft, check, faults, warnings }: RecipeSectionProps) {
  const { view, text, recipe, warning, switchView, setText, setRecipe } = draft;
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
              onChange={({ detail }) => switchView(detail.selectedId === 'json' ? 'json' : 'steps')}
            />
          }
        >
          Recipe
        </Header>
      }
    >
      <SpaceBetween size="m">
        <CheckResult check={check} faults={faults} showSteps={view === 'json'} />
        {warning !== undefined && <Alert type="warning">{warning}</Alert>}
        {view === 'json' ? (
          <JsonEditor text={text} onChange={setText} />
        ) : (
          <>
            <Checkbox
              checked={recipe.continueOnError}
              description="The run performs all steps, and fails at the end if any step failed."
              onChange={({ detail }) => setRecipe({ ...recipe, continueOnError: detail.checked })}
            >
              Continue on error
            </Checkbox>
            <StepList
              steps={recipe.steps}
              faults={faults}
              warnings={warnings}
              onChange={(steps) => setRecipe({ ...recipe, steps })}
            />
          </>
        )}
      </SpaceBetween>
    </Container>
  );
}
