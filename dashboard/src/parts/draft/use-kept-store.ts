import { useLayoutEffect, useState } from 'react';
import type { Json } from '../../../../functions/domain/json';
import { newStore, type Store } from '../../store';
import { useKeeper } from './use-keeper';

interface KeptStoreRules<T> {
  /** @param left what an earlier visit left, if anything */
  readonly begin: (left: Json | undefined) => T;
  readonly isChanged: (value: T) => boolean;
  /** What is kept of a value, without secrets. */
  readonly keptOf: (value: T) => unknown;
}

/** What is typed into a form. It survives a reload, a crash and a new sign-in in the storage of the tab. */
export interface KeptStore<T> {
  readonly store: Store<T>;
  /** When the changes were made that an earlier visit left. Undefined if there are none, or no more. */
  readonly keptAtMs: number | undefined;
  /** Drops every change. */
  readonly discard: (unchanged: (value: T) => T) => void;
  /** Keeps nothing any more, because it was saved or the person left it. */
  readonly end: () => void;
}

/**
 * @param thing the product's name of what is edited, such as `workflow 3`
 * @param rules functions of the module
 */
export function useKeptStore<T>(thing: string, { begin, isChanged, keptOf }: KeptStoreRules<T>): KeptStore<T> {
  const { keeper, kept } = useKeeper(thing);
  const [store] = useState(() => newStore(begin(kept?.value)));
  const [keptAtMs, setKeptAtMs] = useState(() => (isChanged(store.get()) ? kept?.atMs : undefined));
  useLayoutEffect(() => {
    const read = () => (isChanged(store.get()) ? keptOf(store.get()) : undefined);
    return store.subscribe(() => keeper.keep(read));
  }, [store, keeper, isChanged, keptOf]);
  return {
    store,
    keptAtMs,
    discard: (unchanged) => {
      store.set(unchanged);
      keeper.drop();
      setKeptAtMs(undefined);
    },
    end: keeper.end,
  };
}
