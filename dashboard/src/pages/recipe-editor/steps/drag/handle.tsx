import Icon from '@cloudscape-design/components/icon';
import { useDraggable } from '@dnd-kit/core';
import { useMemo } from 'react';
import type { Desk } from '../desk';
import { draggedBy } from './acts';
import { dragId } from './drag-id';
import { dragKeys } from './keys';

interface HandleProps {
  readonly desk: Desk;
  readonly stepKey: string;
  readonly name: string;
}

/** The element that describes to screen readers how a handle is used. */
export const handleHelpId = 'step-handle-help';

/** What a step is dragged by, with a mouse, a finger or the keyboard. */
export function Handle({ desk, stepKey, name }: HandleProps) {
  const { setNodeRef, listeners } = useDraggable({ id: dragId({ stepKey }) });
  const keys = useMemo(() => dragKeys(desk, () => draggedBy(desk, stepKey), [' ', 'Enter']), [desk, stepKey]);
  return (
    <button
      ref={setNodeRef}
      type="button"
      className="step-handle"
      data-handle
      aria-label={`Move ${name}`}
      aria-describedby={handleHelpId}
      {...listeners}
      {...keys}
    >
      <Icon name="drag-indicator" />
    </button>
  );
}
