import { useEffect, useRef } from 'react';

/** Longer than a double click takes. */
const momentMs = 500;

/**
 * Tells whether the page has been in front for a moment: since it was shown, and since its window last got the focus.
 *
 * A site could open this page behind a window of its own, ask for a double click in that, and close it between the two
 * clicks. The second one would then approve an app of which the person has seen nothing. Browsers likewise ignore clicks on
 * their own questions at first.
 */
export function useInFront(): () => boolean {
  const sinceMs = useRef(Infinity);
  useEffect(() => {
    const begin = () => {
      sinceMs.current = performance.now();
    };
    begin();
    window.addEventListener('focus', begin);
    document.addEventListener('visibilitychange', begin);
    return () => {
      window.removeEventListener('focus', begin);
      document.removeEventListener('visibilitychange', begin);
    };
  }, []);
  return () => performance.now() - sinceMs.current >= momentMs;
}
