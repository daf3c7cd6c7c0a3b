import { useCallback, useRef } from 'react';

/**
 * Returns the idempotency key of a request. While a dialog is open, the same request gets the same key, so that sending it
 * again has no second effect; a changed request gets a key of its own.
 */
export function useIdempotencyKeys(): (request: object) => string {
  const keys = useRef(new Map<string, string>());
  return useCallback((request) => {
    const text = JSON.stringify(request);
    const key = keys.current.get(text) ?? crypto.randomUUID();
    keys.current.set(text, key);
    return key;
  }, []);
}
