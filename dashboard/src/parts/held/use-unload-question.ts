import { useEffect } from 'react';

/**
 * Has the browser ask before the page is reloaded or its tab closed.
 *
 * @param isNeeded whether something would be lost
 * @param mayGo whether the page may be left without the question all the same, at the moment in which it is
 */
export function useUnloadQuestion(isNeeded: boolean, mayGo?: () => boolean): void {
  useEffect(() => {
    if (!isNeeded) return undefined;
    const ask = (event: BeforeUnloadEvent) => mayGo?.() === true || event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isNeeded, mayGo]);
}
