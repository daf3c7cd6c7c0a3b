import Alert from '@cloudscape-design/components/alert';
import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { memo } from 'react';
import { useSelected, type Store } from '../../store';
import type { PlacedFaults } from './check/place-faults';
import { CheckResult } from './check/result';
import type { Check } from './check/use-check';
import { inView, type DraftState } from './draft/state';
import { JsonEditor } from './json/json-editor';
import { StepList } from './steps/list';

interface RecipeSectionProps {
  readonly draft: Store<DraftState>;
  readonly check: Check;
  readonly faults: PlacedFaults;
  /** What may stay as it is, placed like faults. */
  readonly warnings: PlacedFaults;
  /** Why the text is no JSON. */
  readonly textFault: string | undefined;
}

/** Edits the recipe as steps or as JSON. A change in one view appears in the other. */
export const RecipeSection = memo(function RecipeSection(props: RecipeSectionProps) {
  const { draft, check, faults, warnings, textFault } = props;
  const view = useSelected(draft, (state) => state.view);
  const replaced = useSelected(draft, (state) => state.replaced);
  const hasNoSteps = useSelected(draft, (state) => state.hasNoSteps);
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
              onChange={({ detail }) =>
                draft.set((state) => inView(state, detail.selectedId === 'json' ? 'json' : 'steps'))
              }
            />
          }
        >
          Recipe
        </Header>
      }
    >
      <SpaceBetween size="m">
        {textFault === undefined ? (
          <CheckResult check={check} faults={faults} showSteps={view === 'json'} />
        ) : (
          <Alert type="error">{textFault}</Alert>
        )}
        {textFault === undefined && hasNoSteps && (
          <Alert type="warning">
            This JSON cannot be shown as steps. It must be an object with a "steps" list and no unknown keys.
          </Alert>
        )}
        {view === 'json' ? (
          <JsonEditor key={replaced} draft={draft} />
        ) : (
          <>
            <ContinueOnError draft={draft} />
            <StepList draft={draft} faults={faults} warnings={warnings} />
          </>
        )}
      </SpaceBetween>
    </Container>
  );
});

function ContinueOnError({ draft }: { draft: Store<DraftState> }) {
  const checked = useSelected(draft, ({ recipe }) => recipe.continueOnError);
  return (
    <Checkbox
      checked={checked}
      description="The run performs all steps, and fails at the end if any step failed."
      onChange={({ detail }) =>
        draft.set((state) => ({ ...state, recipe: { ...state.recipe, continueOnError: detail.checked } }))
      }
    >
      Continue on error
    </Checkbox>
  );
}
