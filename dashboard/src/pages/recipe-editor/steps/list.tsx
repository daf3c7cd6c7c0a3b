import ButtonDropdown, { type ButtonDropdownProps } from '@cloudscape-design/components/button-dropdown';
import List from '@cloudscape-design/components/list';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { memo, useMemo, useRef } from 'react';
import { useSelected, type Store } from '../../../store';
import { isStepType, stepTypeNames, stepTypes } from '../../../workflow/step-types';
import type { PlacedFaults } from '../check/place-faults';
import { newStep } from '../draft/recipe';
import { withSteps, type DraftState } from '../draft/state';
import { Step } from './step';

interface StepListProps {
  readonly draft: Store<DraftState>;
  readonly faults: PlacedFaults;
  readonly warnings: PlacedFaults;
}

/**
 * The steps in order. They can be moved by dragging the handle, or with space and the arrow keys. A key that is pressed
 * in a step draws that step again, and neither the list nor the others.
 */
export const StepList = memo(function StepList({ draft, faults, warnings }: StepListProps) {
  // A text, because it is the same one as long as no step is added, removed, moved or given another type.
  const outline = useSelected(draft, outlineOf);
  const places = useMemo(() => placesIn(outline), [outline]);
  const add = useRef<ButtonDropdownProps.Ref>(null);
  return (
    <SpaceBetween size="m">
      <List
        ariaLabel="Steps"
        sortable
        items={places}
        onSortingChange={({ detail }) => draft.set((state) => inOrder(state, detail.items))}
        renderItem={({ key, type, index }) => ({
          id: key,
          announcementLabel: `Step ${index + 1}, ${type}`,
          content: (
            <Step
              draft={draft}
              stepKey={key}
              index={index}
              faults={faults}
              warnings={warnings}
              // The button that had the focus is gone.
              removed={() => add.current?.focus()}
            />
          ),
        })}
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
        ref={add}
        items={stepTypeNames.map((id) => ({ id, text: stepTypes[id].addText, secondaryText: id }))}
        onItemClick={({ detail: { id } }) => {
          if (isStepType(id)) draft.set((state) => withSteps(state, (steps) => [...steps, newStep(id)]));
        }}
      >
        Add step
      </ButtonDropdown>
    </SpaceBetween>
  );
});

interface Place {
  readonly key: string;
  readonly type: string;
  readonly index: number;
}

function outlineOf({ recipe: { steps } }: DraftState): string {
  return steps.map(({ key, type }) => `${key} ${type}`).join('\n');
}

function placesIn(outline: string): readonly Place[] {
  if (outline === '') return [];
  return outline.split('\n').map((line, index) => {
    const [key = '', type = ''] = line.split(' ');
    return { key, type, index };
  });
}

function inOrder(state: DraftState, places: readonly Pick<Place, 'key'>[]): DraftState {
  return withSteps(state, (steps) => places.flatMap((place) => steps.find(({ key }) => key === place.key) ?? []));
}
