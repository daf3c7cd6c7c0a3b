import Icon from '@cloudscape-design/components/icon';
import { useDraggable } from '@dnd-kit/core';
import { memo, useMemo } from 'react';
import type { StepType } from '../../../../../functions/domain/workflow/recipe';
import { stepTypeNames, stepTypes } from '../../../workflow/step-types';
import { addStep } from './acts';
import type { Desk } from './desk';
import { dragId } from './drag/drag-id';
import { dragKeys } from './drag/keys';

const helpId = 'step-palette-help';

/** The steps there are. A click adds one at the end; one can also be dragged to its place. */
export const Palette = memo(function Palette({ desk }: { desk: Desk }) {
  return (
    <div role="group" aria-label="Add a step" className="step-palette" data-palette>
      {stepTypeNames.map((type) => (
        <Source key={type} desk={desk} type={type} />
      ))}
      <span id={helpId} hidden>
        Press enter to add it at the end. Or press space to take it, the arrow keys to choose a place, and space to put
        it there; escape puts it back.
      </span>
    </div>
  );
});

function Source({ desk, type }: { desk: Desk; type: StepType }) {
  const { setNodeRef, listeners } = useDraggable({ id: dragId({ type }) });
  // Enter adds it at once, as a click does.
  const keys = useMemo(() => dragKeys(desk, () => ({ type }), [' ']), [desk, type]);
  return (
    <button
      ref={setNodeRef}
      type="button"
      className="step-source is-draggable"
      aria-describedby={helpId}
      onClick={() => addStep(desk, type)}
      {...listeners}
      {...keys}
    >
      <Icon name="drag-indicator" size="small" />
      <Icon name={stepTypes[type].icon} /> {stepTypes[type].addText}
    </button>
  );
}
