import { flushSync } from 'react-dom';
import type { StepType } from '../../../../../functions/domain/workflow/recipe';
import { plural } from '../../../parts/plural';
import { newStep, type DraftStep } from '../draft/recipe';
import { withSteps } from '../draft/state';
import { copied, insertedAt, movedBy, withNewKeys, without, type StepKeys } from '../draft/steps';
import { keysInOrder, say, type Desk } from './desk';
import { focusFields, focusHandle, focusPalette } from './focus-step';
import { nothingSelected, selected } from './select/selection';

type Steps = readonly DraftStep[];

/** Draws the change at once, so that the focus can be moved to what it made. */
function change({ draft }: Desk, steps: (before: Steps) => Steps): void {
  flushSync(() => draft.set((state) => withSteps(state, steps)));
}

/** @param index the number of steps above it; the end if it is left out */
export function addStep(desk: Desk, type: StepType, index = desk.draft.get().recipe.steps.length): void {
  const added = newStep(type);
  change(desk, (steps) => insertedAt(steps, index, [added]));
  focusFields(added.key);
  say(desk, `Added ${type} as step ${index + 1}`);
}

export function duplicateSteps(desk: Desk, keys: StepKeys): void {
  const { steps, copies } = copied(desk.draft.get().recipe.steps, keys);
  change(desk, () => steps);
  if (desk.selection.get().keys.size > 0) desk.selection.set(() => selected(copies.map(({ key }) => key)));
  say(desk, `Duplicated ${plural(copies.length, 'step')}`);
}

export function removeSteps(desk: Desk, keys: StepKeys): void {
  const first = keysInOrder(desk).findIndex((key) => keys.has(key));
  change(desk, (steps) => without(steps, keys));
  desk.selection.set(() => nothingSelected);
  const left = keysInOrder(desk);
  // What had the focus may be gone with its step.
  const next = left[Math.min(first, left.length - 1)];
  if (next === undefined) focusPalette();
  else focusHandle(next);
  say(desk, `Removed ${plural(keys.size, 'step')}`);
}

export function moveSteps(desk: Desk, keys: StepKeys, by: -1 | 1): void {
  change(desk, (steps) => movedBy(steps, keys, by));
  const order = keysInOrder(desk);
  const first = order.findIndex((key) => keys.has(key));
  const key = order[first];
  if (key !== undefined) document.getElementById(`step-${key}`)?.scrollIntoView({ block: 'nearest' });
  say(
    desk,
    keys.size === 1
      ? `Now step ${first + 1} of ${order.length}`
      : `Now steps ${first + 1} to ${first + keys.size} of ${order.length}`,
  );
}

/** Puts steps behind those that are selected, or at the end, and selects them. */
export function pasteSteps(desk: Desk, pasted: Steps): void {
  const steps = withNewKeys(pasted);
  const { keys } = desk.selection.get();
  const last = keysInOrder(desk).findLastIndex((key) => keys.has(key));
  change(desk, (before) => insertedAt(before, last === -1 ? before.length : last + 1, steps));
  desk.selection.set(() => selected(steps.map(({ key }) => key)));
  const [first] = steps;
  if (first !== undefined) focusHandle(first.key);
  say(desk, `Pasted ${plural(steps.length, 'step')}`);
}
