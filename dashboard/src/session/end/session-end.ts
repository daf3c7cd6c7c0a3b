/** Whether the session has ended while its page is open. The page shows it, and calls find it out. */
export interface SessionEnd {
  readonly isEnded: () => boolean;
  readonly subscribe: (changed: () => void) => () => void;
}

export function openSessionEnd(): SessionEnd & { readonly set: (ended: boolean) => void } {
  const listeners = new Set<() => void>();
  let isEnded = false;
  return {
    isEnded: () => isEnded,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    set: (ended) => {
      if (ended === isEnded) return;
      isEnded = ended;
      for (const changed of listeners) changed();
    },
  };
}
