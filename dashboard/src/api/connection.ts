import { useSyncExternalStore } from 'react';

/** True if the browser knows that it has no connection. If it has one, the API may be out of reach all the same. */
export function isOffline(): boolean {
  return !navigator.onLine;
}

export function useIsOffline(): boolean {
  return useSyncExternalStore(subscribe, isOffline);
}

function subscribe(changed: () => void): () => void {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
}
