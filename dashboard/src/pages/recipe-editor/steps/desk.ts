import { newStore, type Store } from '../../../store';
import type { DraftState } from '../draft/state';
import type { Drag } from './drag/drag';
import { nothingSelected, type Selection } from './select/selection';

/** What the list of steps, the palette and the buttons of the selection share. */
export interface Desk {
  readonly draft: Store<DraftState>;
  readonly selection: Store<Selection>;
  readonly drag: Store<Drag | undefined>;
  /** The gap in which the person chooses a step to insert: the number of steps above it. */
  readonly openGap: Store<number | undefined>;
  /** What screen readers say next. */
  readonly said: Store<string>;
}

export function newDesk(draft: Store<DraftState>): Desk {
  return {
    draft,
    selection: newStore(nothingSelected),
    drag: newStore<Drag | undefined>(undefined),
    openGap: newStore<number | undefined>(undefined),
    said: newStore(''),
  };
}

export function say({ said }: Desk, text: string): void {
  said.set(() => text);
}

export function keysInOrder({ draft }: Desk): readonly string[] {
  return draft.get().recipe.steps.map(({ key }) => key);
}
