import { flushSync } from 'react-dom';
import { plural } from '../../../../parts/plural';
import { withSteps } from '../../draft/state';
import { keysInOrder, say, type Desk } from '../desk';
import { focusFields, focusHandle } from '../focus-step';
import { aimedAt, aimedBy, places, putDown, taken, type Drag, type Dragged } from './drag';

/** What is dragged by the handle of a step: every selected step if it is one of them. */
export function draggedBy({ selection }: Desk, key: string): Dragged {
  const { keys } = selection.get();
  return { keys: keys.has(key) ? keys : new Set([key]) };
}

/** Begins a drag. With a pointer there is no place yet, because it is the pointer that chooses one. */
export function take(desk: Desk, dragged: Dragged, by: 'pointer' | 'keys'): void {
  const steps = stepsOf(desk);
  const drag = taken(steps, dragged);
  desk.openGap.set(() => undefined);
  desk.drag.set(() => (by === 'keys' ? drag : aimedAt(drag, steps, undefined)));
  say(desk, `Taken: ${nameOf(desk, dragged)} of ${places(drag, steps)}`);
}

/** @param gap the number of steps above it, or undefined beside the list */
export function aimAt(desk: Desk, gap: number | undefined): void {
  aim(desk, (drag) => aimedAt(drag, stepsOf(desk), gap));
}

/** Moves the place by the keyboard, which does not see to it that the place is on screen as a pointer does. */
export function aimBy(desk: Desk, by: number): void {
  flushSync(() => aim(desk, (drag) => aimedBy(drag, stepsOf(desk), by)));
  document.querySelector('.step-gap.is-marked')?.scrollIntoView({ block: 'nearest' });
}

function aim(desk: Desk, change: (drag: Drag) => Drag): void {
  const before = desk.drag.get();
  if (before === undefined) return;
  const drag = change(before);
  desk.drag.set(() => drag);
  if (drag.position === before.position) return;
  const { position } = drag;
  say(desk, position === undefined ? 'Beside the list' : `Now step ${position + 1} of ${places(drag, stepsOf(desk))}`);
}

export function put(desk: Desk): void {
  const drag = desk.drag.get();
  if (drag === undefined) return;
  if (drag.position === undefined) {
    leave(desk);
    return;
  }
  const { dragged, position } = drag;
  const before = stepsOf(desk);
  const { steps, added } = putDown(drag, before);
  flushSync(() => {
    desk.drag.set(() => undefined);
    desk.draft.set((state) => withSteps(state, () => steps));
  });
  const [first] = dragged.keys ?? [];
  if (added !== undefined) focusFields(added.key);
  else if (first !== undefined) focusHandle(first);
  say(
    desk,
    outcome(
      dragged,
      position,
      before.findIndex(({ key }) => key === first),
      steps.length,
    ),
  );
}

function outcome({ keys, type }: Dragged, position: number, from: number, total: number): string {
  if (keys === undefined) return `Added ${type} as step ${position + 1} of ${total}`;
  if (keys.size > 1) return `Moved ${plural(keys.size, 'step')} to ${position + 1} of ${total}`;
  return from === position
    ? `Back at ${position + 1} of ${total}`
    : `Moved from ${from + 1} to ${position + 1} of ${total}`;
}

export function leave(desk: Desk): void {
  if (desk.drag.get() === undefined) return;
  desk.drag.set(() => undefined);
  say(desk, 'Left where it was');
}

function nameOf(desk: Desk, { keys, type }: Dragged): string {
  if (keys === undefined) return `a new ${type}, step ${stepsOf(desk).length + 1}`;
  if (keys.size > 1) return plural(keys.size, 'step');
  return `step ${keysInOrder(desk).findIndex((key) => keys.has(key)) + 1}`;
}

function stepsOf({ draft }: Desk) {
  return draft.get().recipe.steps;
}
