import Checkbox from '@cloudscape-design/components/checkbox';
import { useRef, type KeyboardEvent } from 'react';
import { useSelected } from '../../../../store';
import { keysInOrder, say, type Desk } from '../desk';
import { focusCheckbox } from '../focus-step';
import { extendedTo, toggled } from './selection';

interface SelectBoxProps {
  readonly desk: Desk;
  readonly stepKey: string;
  readonly name: string;
}

const ways: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };

/** Selects a step; with Shift, every step from the one that was selected before. The arrow keys go to the next box. */
export function SelectBox({ desk, stepKey, name }: SelectBoxProps) {
  const { selection } = desk;
  const isSelected = useSelected(selection, ({ keys }) => keys.has(stepKey));
  const isShifted = useRef(false);

  const go = (event: KeyboardEvent) => {
    isShifted.current = event.shiftKey;
    const way = event.altKey ? undefined : ways[event.key];
    if (way === undefined) return;
    event.preventDefault();
    const order = keysInOrder(desk);
    const next = order[order.indexOf(stepKey) + way];
    if (next === undefined) return;
    if (event.shiftKey) extend(desk, stepKey, next);
    focusCheckbox(next);
  };
  return (
    <div
      className="step-box"
      onClickCapture={(event) => (isShifted.current = event.shiftKey)}
      onKeyDown={go}
      onKeyUpCapture={(event) => (isShifted.current = event.shiftKey)}
    >
      <Checkbox
        checked={isSelected}
        ariaLabel={`Select ${name}`}
        onChange={() => {
          if (isShifted.current) extend(desk, stepKey, stepKey);
          else selection.set((before) => toggled(before, stepKey));
        }}
      />
    </div>
  );
}

function extend(desk: Desk, from: string, to: string): void {
  const order = keysInOrder(desk);
  desk.selection.set((before) =>
    extendedTo(before.anchor === undefined ? { ...before, anchor: from } : before, to, order),
  );
  say(desk, `${desk.selection.get().keys.size} selected`);
}
