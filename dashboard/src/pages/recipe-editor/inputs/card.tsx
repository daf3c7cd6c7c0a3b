import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { memo } from 'react';
import { useSelected, type Store } from '../../../store';
import { inputFaultAt, type PlacedFaults } from '../check/place-faults';
import type { DraftInput } from '../draft/inputs';
import { withInputs, type DraftState } from '../draft/state';
import { InputFields } from './fields';
import { inputId } from './focus-input';
import './inputs.css';
import { RenameOffer } from './rename-offer';

interface InputCardProps {
  readonly draft: Store<DraftState>;
  readonly inputKey: string;
  readonly faults: PlacedFaults;
}

/** One declared input. */
export const InputCard = memo(function InputCard({ draft, inputKey, faults }: InputCardProps) {
  const input = useSelected(draft, ({ recipe }) => recipe.inputs.find(({ key }) => key === inputKey));
  if (input === undefined) return null;
  const change = (changed: DraftInput) =>
    draft.set((state) => withInputs(state, (inputs) => inputs.map((one) => (one.key === inputKey ? changed : one))));
  const name = input.name === '' ? 'the input without a name' : `input ${input.name}`;
  const fault = inputFaultAt(faults, input.name, '');
  return (
    <div id={inputId(inputKey)} role="group" aria-label={name} className="input-card">
      <div className="input-remove">
        <Button
          variant="icon"
          iconName="remove"
          ariaLabel={`Remove ${name}`}
          onClick={() => {
            draft.set((state) => withInputs(state, (inputs) => inputs.filter(({ key }) => key !== inputKey)));
          }}
        />
      </div>
      {input.raw === undefined ? (
        <InputFields input={input} faults={faults} onChange={change} />
      ) : (
        <Box variant="code">
          {input.name}: {JSON.stringify(input.raw)}
        </Box>
      )}
      {input.raw !== undefined && fault !== undefined && <StatusIndicator type="error">{fault}</StatusIndicator>}
      <RenameOffer draft={draft} name={input.name} inputKey={inputKey} />
    </div>
  );
});
