import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { memo } from 'react';
import { flushSync } from 'react-dom';
import { useSelected, type Store } from '../../../store';
import type { PlacedFaults } from '../check/place-faults';
import { newInput } from '../draft/inputs';
import { cut, namedInputs } from '../draft/placeholders';
import { withInputs, type DraftState } from '../draft/state';
import { InputCard } from './card';
import { focusInput } from './focus-input';

interface InputsSectionProps {
  readonly draft: Store<DraftState>;
  readonly faults: PlacedFaults;
}

/** What a run of the workflow asks for. */
export const InputsSection = memo(function InputsSection({ draft, faults }: InputsSectionProps) {
  const keys = useSelected(draft, keysOf);
  const list = keys === '' ? [] : keys.split('\n');
  const undeclared = useSelected(draft, undeclaredIn);
  const add = (names: readonly string[]) => {
    const added = names.map(newInput);
    flushSync(() => draft.set((state) => withInputs(state, (inputs) => [...inputs, ...added])));
    const [first] = added;
    if (first !== undefined) focusInput(first.key);
  };
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={`(${list.length})`}
          description="What a run asks for. The form of Run now, the API and AI agents are told of it."
          actions={<Button onClick={() => add([''])}>Add input</Button>}
        >
          Inputs
        </Header>
      }
    >
      <SpaceBetween size="m">
        {list.length === 0 && <Box color="text-body-secondary">No inputs are declared, so a run takes any.</Box>}
        {undeclared !== '' && (
          <Button iconName="add-plus" onClick={() => add(undeclared.split(', '))}>
            Declare {cut(undeclared)}
          </Button>
        )}
        {list.map((key) => (
          <InputCard key={key} draft={draft} inputKey={key} faults={faults} />
        ))}
      </SpaceBetween>
    </Container>
  );
});

function keysOf({ recipe: { inputs } }: DraftState): string {
  return inputs.map(({ key }) => key).join('\n');
}

/** The inputs that texts name and nothing declares. They are offered only before the first one, when none was misspelt. */
function undeclaredIn({ recipe: { inputs, steps } }: DraftState): string {
  return inputs.length > 0 ? '' : namedInputs(steps).join(', ');
}
