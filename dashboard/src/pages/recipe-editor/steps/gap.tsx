import Icon from '@cloudscape-design/components/icon';
import { memo, useEffect, useRef } from 'react';
import { useSelected } from '../../../store';
import { stepTypeNames, stepTypes } from '../../../workflow/step-types';
import { addStep } from './acts';
import type { Desk } from './desk';
import { markedGap } from './drag/drag';

interface GapProps {
  readonly desk: Desk;
  /** The number of steps above it. */
  readonly index: number;
}

/** The place between two steps, in which a step is inserted, or marked while one is dragged there. */
export const Gap = memo(function Gap({ desk, index }: GapProps) {
  const isMarked = useSelected(
    desk.drag,
    (drag) => drag !== undefined && markedGap(drag, desk.draft.get().recipe.steps) === index,
  );
  const isOpen = useSelected(desk.openGap, (open) => open === index);
  const place = useRef<HTMLDivElement>(null);
  const close = () => {
    desk.openGap.set(() => undefined);
    place.current?.querySelector('button')?.focus();
  };
  return (
    <div ref={place} data-gap={index} className={isMarked ? 'step-gap is-marked' : 'step-gap'}>
      <button
        type="button"
        className="gap-button"
        aria-expanded={isOpen}
        aria-label={`Insert a step at ${index + 1}`}
        onClick={() => desk.openGap.set((open) => (open === index ? undefined : index))}
      >
        <Icon name={isOpen ? 'close' : 'add-plus'} size="small" />
      </button>
      {isOpen && <Choice desk={desk} index={index} close={close} />}
    </div>
  );
});

function Choice({ desk, index, close }: GapProps & { readonly close: () => void }) {
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => group.current?.querySelector('button')?.focus(), []);
  return (
    <div
      ref={group}
      role="group"
      aria-label={`Step to insert at ${index + 1}`}
      className="gap-choice"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      }}
    >
      {stepTypeNames.map((type) => (
        <button
          key={type}
          type="button"
          className="step-source"
          onClick={() => {
            desk.openGap.set(() => undefined);
            addStep(desk, type, index);
          }}
        >
          <Icon name={stepTypes[type].icon} /> {stepTypes[type].addText}
        </button>
      ))}
    </div>
  );
}
