import type { KeyboardEvent } from 'react';
import type { Desk } from '../desk';
import { aimBy, leave, put, take } from './acts';
import type { Dragged } from './drag';

const bySteps: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowLeft: -1,
  ArrowDown: 1,
  ArrowRight: 1,
  Home: -Infinity,
  End: Infinity,
};

interface DragKeys {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onKeyUp: (event: KeyboardEvent) => void;
  readonly onBlur: () => void;
}

/**
 * Takes, moves and puts down with the keyboard. The focus stays on the handle meanwhile, and whatever takes it away leaves
 * everything as it was.
 *
 * @param takes the keys that take; all of them put down
 */
export function dragKeys(desk: Desk, dragged: () => Dragged, takes: readonly string[]): DragKeys {
  return {
    onKeyDown: (event) => {
      if (!pressed(desk, dragged, takes, event)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    // Some browsers press a button when the space bar is let go, whatever became of the key.
    onKeyUp: (event) => {
      if (event.key === ' ') event.preventDefault();
    },
    onBlur: () => leave(desk),
  };
}

/** @returns whether the key meant something */
function pressed(desk: Desk, dragged: () => Dragged, takes: readonly string[], { key }: KeyboardEvent): boolean {
  if (desk.drag.get() === undefined) {
    if (!takes.includes(key)) return false;
    take(desk, dragged(), 'keys');
    return true;
  }
  const by = bySteps[key];
  if (by !== undefined) aimBy(desk, by);
  else if (key === ' ' || key === 'Enter') put(desk);
  else if (key === 'Escape') leave(desk);
  else return key !== 'Tab';
  return true;
}
