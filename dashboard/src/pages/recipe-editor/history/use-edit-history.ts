import { useEffect, useLayoutEffect, useState } from 'react';
import type { Store } from '../../../store';
import type { DraftState } from '../draft/state';
import { newEditHistory, type EditHistory } from './edit-history';

/**
 * Undo and redo over everything that is typed into the editor. In text fields they take the place of the browser's own,
 * which knows nothing of steps and forgets a field's history when the page writes into it: two histories over the same
 * letters would contradict each other. Only the JSON editor keeps its own for the keyboard.
 */
export function useEditHistory(draft: Store<DraftState>): EditHistory {
  const [history] = useState(() => newEditHistory(draft));
  useLayoutEffect(() => history.follow(), [history]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const act = actOf(event);
      if (act === undefined || isElsewhere(event)) return;
      event.preventDefault();
      history[act]();
    };
    // The browser's menu and the gestures of a phone.
    const ask = (event: InputEvent) => {
      const act = event.inputType === 'historyUndo' ? 'undo' : event.inputType === 'historyRedo' ? 'redo' : undefined;
      if (act === undefined || isElsewhere(event)) return;
      event.preventDefault();
      history[act]();
    };
    document.addEventListener('keydown', press);
    document.addEventListener('beforeinput', ask);
    return () => {
      document.removeEventListener('keydown', press);
      document.removeEventListener('beforeinput', ask);
    };
  }, [history]);
  return history;
}

function actOf({ key, ctrlKey, metaKey, shiftKey, altKey, isComposing }: KeyboardEvent): 'undo' | 'redo' | undefined {
  // An input method undoes its own unfinished word.
  if (!(ctrlKey || metaKey) || altKey || isComposing) return undefined;
  switch (key.toLowerCase()) {
    case 'z':
      return shiftKey ? 'redo' : 'undo';
    case 'y':
      return shiftKey ? undefined : 'redo';
    default:
      return undefined;
  }
}

function isElsewhere({ target, defaultPrevented }: Event): boolean {
  if (defaultPrevented || document.querySelector('[role="dialog"]') !== null) return true;
  return target instanceof Element && target.closest('.ace_editor') !== null;
}
