import { useCallback, useEffect, type KeyboardEvent } from 'react';
import { textOfSteps, stepsFromText } from '../../draft/clipboard';
import { moveSteps, pasteSteps, removeSteps } from '../acts';
import { keysInOrder, say, type Desk } from '../desk';
import { focusCheckbox, focusHandle, stepId } from '../focus-step';
import { isTextField } from '../../text-field';
import { nothingSelected, selected } from './selection';

/**
 * What keys do to steps, while no text field has the focus: Alt with an arrow moves, Delete removes, Ctrl+A selects all,
 * Escape selects none. Copying and pasting are the browser's own, so that they also work from its menu.
 *
 * @returns the listener for the list
 */
export function useStepKeys(desk: Desk): (event: KeyboardEvent) => void {
  useClipboard(desk);
  return useCallback(
    (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTextField(event.target) || !act(desk, event)) return;
      event.preventDefault();
    },
    [desk],
  );
}

/** @returns whether the key meant something */
function act(desk: Desk, { key, altKey, ctrlKey, metaKey, target }: KeyboardEvent): boolean {
  const { keys } = desk.selection.get();
  const focused =
    target instanceof Element
      ? keysInOrder(desk).find((one) => document.getElementById(stepId(one))?.contains(target))
      : undefined;
  const meant = keys.size > 0 || focused === undefined ? keys : new Set([focused]);
  if (altKey && (key === 'ArrowUp' || key === 'ArrowDown') && meant.size > 0) {
    const isBox = target instanceof HTMLInputElement;
    moveSteps(desk, meant, key === 'ArrowUp' ? -1 : 1);
    // The browser takes the focus from what it draws at another place.
    if (focused !== undefined) (isBox ? focusCheckbox : focusHandle)(focused);
    return true;
  }
  if (key === 'Delete' && keys.size > 0) {
    removeSteps(desk, keys);
    return true;
  }
  if (key === 'a' && (ctrlKey || metaKey)) {
    desk.selection.set(() => selected(keysInOrder(desk)));
    say(desk, `${keysInOrder(desk).length} selected`);
    return true;
  }
  if (key === 'Escape' && keys.size > 0) {
    desk.selection.set(() => nothingSelected);
    say(desk, 'None selected');
    return true;
  }
  return false;
}

function useClipboard(desk: Desk): void {
  useEffect(() => {
    const copy = (event: ClipboardEvent) => {
      const { keys } = desk.selection.get();
      // Selected text is what the person sees as selected last.
      if (isTextField(event.target) || keys.size === 0 || getSelection()?.isCollapsed === false) return;
      event.clipboardData?.setData('text/plain', textOfSelected(desk));
      event.preventDefault();
      say(desk, `Copied ${keys.size}`);
    };
    const paste = (event: ClipboardEvent) => {
      if (isTextField(event.target) || document.querySelector('[role="dialog"]') !== null) return;
      const steps = stepsFromText(event.clipboardData?.getData('text/plain') ?? '');
      if (steps === undefined) return;
      event.preventDefault();
      pasteSteps(desk, steps);
    };
    document.addEventListener('copy', copy);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('copy', copy);
      document.removeEventListener('paste', paste);
    };
  }, [desk]);
}

export function textOfSelected({ draft, selection }: Desk): string {
  const { keys } = selection.get();
  return textOfSteps(draft.get().recipe.steps.filter(({ key }) => keys.has(key)));
}
