import { useLayoutEffect } from 'react';
import { useKeptStore, type KeptStore } from '../../parts/draft/use-kept-store';
import type { Stored } from '../../workflow/edit';
import { draftFromKept, keptOf } from './draft/kept';
import { afterReading, draftStateOf, isChanged, type DraftState } from './draft/state';

export type Draft = KeptStore<DraftState>;

/**
 * What is typed into the editor.
 *
 * @param stored the workflow as it was read last
 */
export function useDraft(thing: string, stored: Stored): Draft {
  const draft = useKeptStore(thing, {
    begin: (left) => {
      const kept = left === undefined ? undefined : draftFromKept(left);
      return kept === undefined ? draftStateOf(stored) : afterReading(kept, stored);
    },
    isChanged,
    keptOf,
  });
  const { store } = draft;
  useLayoutEffect(() => store.set((state) => afterReading(state, stored)), [store, stored]);
  return draft;
}
