import { DndContext, DragOverlay, PointerSensor, useSensor, useSensors } from '@dnd-kit/core';
import { useMemo, type ReactNode } from 'react';
import { plural } from '../../../../parts/plural';
import { useSelected } from '../../../../store';
import { stepTypes } from '../../../../workflow/step-types';
import type { Desk } from '../desk';
import type { Drag } from './drag';
import { pointerDrag } from './pointer';

/** So far the pointer has to go before a press becomes a drag. */
const distance = 5;

/** The page scrolls while something is dragged near its edges: in the outer tenth of its height. */
const autoScroll = { threshold: { x: 0, y: 0.1 } };

/** The steps say themselves what happens to them. */
const silent = () => undefined;
const accessibility = {
  announcements: { onDragStart: silent, onDragOver: silent, onDragEnd: silent, onDragCancel: silent },
  screenReaderInstructions: { draggable: '' },
};

/** Where steps can be dragged with a mouse or a finger. What is put down where is up to the drag of the desk. */
export function DragArea({ desk, children }: { desk: Desk; children: ReactNode }) {
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance } }));
  const handlers = useMemo(() => pointerDrag(desk), [desk]);
  return (
    <DndContext sensors={sensors} accessibility={accessibility} autoScroll={autoScroll} {...handlers}>
      {children}
      <DragOverlay dropAnimation={null}>
        <Chip desk={desk} />
      </DragOverlay>
    </DndContext>
  );
}

/** What is dragged, at the pointer. */
function Chip({ desk }: { desk: Desk }) {
  const name = useSelected(desk.drag, (drag) => (drag === undefined ? '' : nameOf(desk, drag)));
  return <div className="drag-chip">{name}</div>;
}

function nameOf({ draft }: Desk, { dragged: { keys, type } }: Drag): string {
  if (keys === undefined) return stepTypes[type].addText;
  if (keys.size > 1) return plural(keys.size, 'step');
  const index = draft.get().recipe.steps.findIndex(({ key }) => keys.has(key));
  return `Step ${index + 1}, ${draft.get().recipe.steps[index]?.type ?? ''}`;
}
