import { flushSync } from 'react-dom';
import { newStore, type Readable, type Store } from '../../../store';
import { inView, isChanged, type DraftState } from '../draft/state';
import type { Content } from './difference';
import { noHistory, recorded, redone, undone, type History } from './history';
import { showChange } from './show-change';

/** What was done to a draft since the page was opened. */
export interface EditHistory {
  readonly state: Readable<History>;
  readonly said: Readable<string>;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Follows the draft. @returns what ends it */
  readonly follow: () => () => void;
}

export function newEditHistory(draft: Store<DraftState>, nowMs: () => number = () => performance.now()): EditHistory {
  const state = newStore(noHistory);
  const said = newStore('');
  let last = draft.get();
  let lastMs = -Infinity;
  let isOwn = false;

  const go = (step: typeof undone, verb: string) => {
    const before = draft.get();
    const taken = step(state.get(), before);
    if (taken === undefined) return;
    isOwn = true;
    flushSync(() => {
      state.set(() => taken.history);
      draft.set((present) => restored(present, taken.content));
    });
    isOwn = false;
    said.set(() => `${verb}: ${taken.what}`);
    showChange(before, draft.get());
  };
  return {
    state,
    said,
    undo: () => go(undone, 'Undone'),
    redo: () => go(redone, 'Done again'),
    follow: () =>
      draft.subscribe(() => {
        const now = nowMs();
        const present = draft.get();
        // What others saved is not undone. It is taken over by itself only while nothing was changed.
        if (present.base !== last.base && !isChanged(last)) state.set(() => noHistory);
        else if (!isOwn) state.set((history) => recorded(history, last, present, now, now - lastMs));
        last = present;
        lastMs = now;
      }),
  };
}

/** An earlier state of what is typed, in the view that is shown now. */
function restored(present: DraftState, { name, description, tool, view, recipe, text }: Content): DraftState {
  const state = {
    ...present,
    name,
    description,
    tool,
    view,
    recipe,
    text,
    hasNoSteps: false,
    replaced: present.replaced + 1,
  };
  return inView(state, present.view);
}
