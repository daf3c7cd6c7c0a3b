import { useEffect, useState, useSyncExternalStore } from 'react';

/** What may be read of a store. */
export interface Readable<T> {
  readonly get: () => T;
  /** @returns what ends the subscription */
  readonly subscribe: (listener: () => void) => () => void;
}

/** A value outside React, so that a change of it draws only those parts of a page again that show what changed. */
export interface Store<T> extends Readable<T> {
  /** Nobody is told if the value stays the same. */
  readonly set: (change: (value: T) => T) => void;
}

export function newStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (change) => {
      const changed = change(value);
      if (Object.is(changed, value)) return;
      value = changed;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/**
 * A part of a store's value.
 *
 * @param select must return the same object as long as nothing changed in it
 */
export function useSelected<T, Part>({ subscribe, get }: Readable<T>, select: (value: T) => Part): Part {
  return useSyncExternalStore(subscribe, () => select(get()));
}

/**
 * The value of a store once it has not changed for a while, for what takes too long to do at each key.
 *
 * @returns the value, and a function that stops waiting
 */
export function useSettled<T>({ subscribe, get }: Store<T>, afterMs: number): readonly [T, () => void] {
  const [settled, setSettled] = useState(get);
  const settle = () => setSettled(get);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(() => setSettled(get), afterMs);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [subscribe, get, afterMs]);
  return [settled, settle];
}
