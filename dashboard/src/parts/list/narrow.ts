import { useSyncExternalStore } from 'react';

/** Cloudscape's own breakpoint. On narrower screens the open menu covers the page. */
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
