import { useSyncExternalStore } from 'react';

/** Below this width the menu covers the page: Cloudscape's own breakpoint. */
const narrow = matchMedia('(max-width: 688px)');

export function isNarrow(): boolean {
  return narrow.matches;
}

export function useIsNarrow(): boolean {
  return useSyncExternalStore(subscribe, isNarrow);
}

function subscribe(listener: () => void): () => void {
  narrow.addEventListener('change', listener);
  return () => narrow.removeEventListener('change', listener);
}
