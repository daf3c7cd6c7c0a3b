import { useBlocker, type Blocker } from 'react-router';
import { useUnloadQuestion } from './use-unload-question';

/**
 * Holds the person on the page while this is mounted: the browser asks before the tab is closed or reloaded, and a way
 * to another page of the dashboard, such as Back, waits until the blocker proceeds. The router knows one blocker at a
 * time, so only what needs it now may mount it.
 */
export function useStay(): Blocker {
  useUnloadQuestion(true);
  return useBlocker(({ currentLocation, nextLocation }) => currentLocation.pathname !== nextLocation.pathname);
}
