import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useSelected, type Store } from '../../../store';
import { isStepType, stepTypeNames, stepTypes } from '../../../workflow/step-types';
import { otherFaults, type PlacedFaults } from '../check/place-faults';
import { stepAt, withStep, withSteps, type DraftState } from '../draft/state';
import { Fields } from './fields';

interface StepProps {
  readonly draft: Store<DraftState>;
  readonly stepKey: string;
  readonly index: number;
  readonly faults: PlacedFaults;
  readonly warnings: PlacedFaults;
  readonly removed: () => void;
}

/** One step with its fields. Each message of the API is shown at the field that it is about. */
export function Step({ draft, stepKey, index, faults, warnings, removed }: StepProps) {
  const step = useSelected(draft, (state) => stepAt(state, index, stepKey));
  if (step === undefined) return null;
  const fields = step.raw === undefined ? stepTypes[step.type].fields : [];
  const others = [
    ...otherFaults(faults, index, fields).map((text) => ({ type: 'error' as const, text })),
    ...otherFaults(warnings, index, fields).map((text) => ({ type: 'warning' as const, text })),
  ];
  return (
    <SpaceBetween size="xs">
      <SpaceBetween direction="horizontal" size="xs" alignItems="center">
        <Box variant="strong">{index + 1}.</Box>
        {step.raw === undefined ? (
          <Select
            ariaLabel={`Type of step ${index + 1}`}
            selectedOption={{ value: step.type, label: step.type }}
            options={stepTypeNames.map((value) => ({ value, label: value }))}
            onChange={({ detail }) => {
              const type = detail.selectedOption.value;
              if (isStepType(type)) draft.set((state) => withStep(state, { ...step, type }));
            }}
            expandToViewport
          />
        ) : (
          <Box variant="code">{JSON.stringify(step.raw)}</Box>
        )}
        <Button
          variant="icon"
          iconName="copy"
          ariaLabel={`Duplicate step ${index + 1}`}
          onClick={() => {
            const copy = { ...step, key: crypto.randomUUID() };
            draft.set((state) => withSteps(state, (steps) => steps.toSpliced(index + 1, 0, copy)));
          }}
        />
        <Button
          variant="icon"
          iconName="remove"
          ariaLabel={`Remove step ${index + 1}`}
          onClick={() => {
            draft.set((state) => withSteps(state, (steps) => steps.toSpliced(index, 1)));
            removed();
          }}
        />
      </SpaceBetween>
      {step.raw === undefined && (
        <Fields
          step={step}
          index={index}
          faults={faults}
          warnings={warnings}
          onChange={(changed) => draft.set((state) => withStep(state, changed))}
        />
      )}
      {others.map(({ type, text }) => (
        <StatusIndicator key={text} type={type}>
          {text}
        </StatusIndicator>
      ))}
    </SpaceBetween>
  );
}
