import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Icon from '@cloudscape-design/components/icon';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { memo } from 'react';
import { useSelected } from '../../../store';
import { isStepType, stepTypeNames, stepTypes } from '../../../workflow/step-types';
import { otherFaults, type PlacedFaults } from '../check/place-faults';
import type { DraftStep } from '../draft/recipe';
import { stepAt, withStep } from '../draft/state';
import { duplicateSteps, removeSteps } from './acts';
import type { Desk } from './desk';
import { Handle } from './drag/handle';
import { Fields } from './fields/fields';
import { stepId } from './focus-step';
import { Gap } from './gap';
import { SelectBox } from './select/box';

interface StepProps {
  readonly desk: Desk;
  readonly stepKey: string;
  readonly index: number;
  readonly faults: PlacedFaults;
  readonly warnings: PlacedFaults;
}

/** One step as a card, with the gap above it. Each message of the API is shown at the field that it is about. */
export const Step = memo(function Step(props: StepProps) {
  const { desk, stepKey, index } = props;
  const step = useSelected(desk.draft, (state) => stepAt(state, index, stepKey));
  const isSelected = useSelected(desk.selection, ({ keys }) => keys.has(stepKey));
  const isDragged = useSelected(desk.drag, (drag) => drag?.dragged.keys?.has(stepKey) ?? false);
  if (step === undefined) return null;
  const name = `step ${index + 1}, ${step.type}`;
  const looks = ['step-card', isSelected && 'is-selected', isDragged && 'is-dragged'].filter(Boolean).join(' ');
  return (
    <li id={stepId(stepKey)}>
      <Gap desk={desk} index={index} />
      <div className={looks}>
        <div className="step-grips">
          <Handle desk={desk} stepKey={stepKey} name={name} />
          <SelectBox desk={desk} stepKey={stepKey} name={name} />
        </div>
        <div className="step-body" data-fields>
          <SpaceBetween size="xs">
            <Head step={step} {...props} />
            <Content step={step} {...props} />
          </SpaceBetween>
        </div>
      </div>
    </li>
  );
});

type PartProps = StepProps & { readonly step: DraftStep };

function Head({ desk, step, index }: PartProps) {
  const one = new Set([step.key]);
  return (
    <div className="step-head">
      <Box variant="strong">{index + 1}.</Box>
      {step.raw === undefined ? (
        <>
          <Icon name={stepTypes[step.type].icon} />
          <Select
            ariaLabel={`Type of step ${index + 1}`}
            selectedOption={{ value: step.type, label: step.type }}
            options={stepTypeNames.map((value) => ({ value, label: value }))}
            onChange={({ detail }) => {
              const type = detail.selectedOption.value;
              if (isStepType(type)) desk.draft.set((state) => withStep(state, { ...step, type }));
            }}
            expandToViewport
          />
        </>
      ) : (
        <Box variant="code">{JSON.stringify(step.raw)}</Box>
      )}
      <div className="step-buttons">
        <Button
          variant="icon"
          iconName="copy"
          ariaLabel={`Duplicate step ${index + 1}`}
          onClick={() => duplicateSteps(desk, one)}
        />
        <Button
          variant="icon"
          iconName="remove"
          ariaLabel={`Remove step ${index + 1}`}
          onClick={() => removeSteps(desk, one)}
        />
      </div>
    </div>
  );
}

function Content({ desk, step, index, faults, warnings }: PartProps) {
  const fields = step.raw === undefined ? stepTypes[step.type].fields : [];
  const others = [
    ...otherFaults(faults, index, fields).map((text) => ({ type: 'error' as const, text })),
    ...otherFaults(warnings, index, fields).map((text) => ({ type: 'warning' as const, text })),
  ];
  return (
    <>
      {step.raw === undefined && (
        <Fields
          draft={desk.draft}
          step={step}
          index={index}
          faults={faults}
          warnings={warnings}
          onChange={(changed) => desk.draft.set((state) => withStep(state, changed))}
        />
      )}
      {others.map(({ type, text }) => (
        <StatusIndicator key={text} type={type}>
          {text}
        </StatusIndicator>
      ))}
    </>
  );
}
