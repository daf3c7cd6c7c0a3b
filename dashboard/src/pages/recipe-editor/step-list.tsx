import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import List from '@cloudscape-design/components/list';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { isStepType, stepTypeNames, stepTypes } from '../../workflow/step-types';
import { newStep, type DraftStep } from './draft';
import type { PlacedFaults } from './place-faults';
import { StepFields } from './step-fields';

interface StepListProps {
  readonly steps: readonly DraftStep[];
  readonly faults: PlacedFaults;
  readonly warnings: PlacedFaults;
  readonly onChange: (steps: readonly DraftStep[]) => void;
}

/** The steps in order. They can be moved by dragging the handle, or with space and the arrow keys. */
export function StepList({ steps, faults, warnings, onChange }: StepListProps) {
  const replace = (changed: DraftStep) => onChange(steps.map((step) => (step.key === changed.key ? changed : step)));
  return (
    <SpaceBetween size="m">
      <List
        ariaLabel="Steps"
        sortable
        items={steps}
        onSortingChange={({ detail }) => onChange(detail.items)}
        renderItem={(step) => {
          const index = steps.findIndex(({ key }) => key === step.key);
          return {
            id: step.key,
            announcementLabel: `Step ${index + 1}, ${step.type}`,
            content: (
              <StepFields
                step={step}
                index={index}
                faults={faults}
                warnings={warnings}
                onChange={replace}
                actions={
                  <>
                    <Button
                      variant="icon"
                      iconName="copy"
                      ariaLabel={`Duplicate step ${index + 1}`}
                      onClick={() => onChange(steps.toSpliced(index + 1, 0, { ...step, key: crypto.randomUUID() }))}
                    />
                    <Button
                      variant="icon"
                      iconName="remove"
                      ariaLabel={`Remove step ${index + 1}`}
                      onClick={() => onChange(steps.toSpliced(index, 1))}
                    />
                  </>
                }
              />
            ),
          };
        }}
        i18nStrings={{
          dragHandleAriaLabel: 'Move step',
          dragHandleAriaDescription:
            'Press space or enter to take the step, the arrow keys to move it, and space or enter to put it down; escape leaves it where it was.',
          liveAnnouncementDndStarted: (position, total) => `Taken: step ${position} of ${total}`,
          liveAnnouncementDndItemReordered: (_from, to, total) => `Now step ${to} of ${total}`,
          liveAnnouncementDndItemCommitted: (from, to, total) =>
            from === to ? `Back at ${from} of ${total}` : `Moved from ${from} to ${to} of ${total}`,
          liveAnnouncementDndDiscarded: 'Left where it was',
        }}
      />
      <ButtonDropdown
        items={stepTypeNames.map((id) => ({ id, text: stepTypes[id].addText, secondaryText: id }))}
        onItemClick={({ detail }) => {
          if (isStepType(detail.id)) onChange([...steps, newStep(detail.id)]);
        }}
      >
        Add step
      </ButtonDropdown>
    </SpaceBetween>
  );
}
