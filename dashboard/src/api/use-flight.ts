import { createContext, useCallback, useContext, useEffect, useEffectEvent, useRef } from 'react';
import type { Flight } from './send-act';

/**
 * Tells the person that an act may have been done although nobody waits for its answer any more, and what is known of an
 * act of several requests.
 */
export const LetGoContext = createContext<(known?: string) => void>(() => {});

/**
 * Lets one act be under way at a time, and lets go of it when its dialog is closed or its page left: nobody is there to
 * whom the answer could be shown, so it is no longer waited for, and a notice says that the act may have been done. An
 * act that was not sent is dropped, without a word, because nothing happened.
 *
 * @param describe what is known of the act while it is under way
 */
export function useFlight(describe?: () => string) {
  // A ref, because state changes only with the next render: both clicks of a double click may come before it.
  const current = useRef<Flight>(undefined);
  const tell = useContext(LetGoContext);
  const letGo = useEffectEvent(() => {
    const flight = current.current;
    if (flight === undefined) return;
    const wasOut = flight.isOut;
    flight.controller.abort();
    if (wasOut) tell(describe?.());
  });
  useEffect(() => () => letGo(), []);

  /** Undefined while another one is under way. */
  const begin = useCallback((): Flight | undefined => {
    if (current.current !== undefined) return undefined;
    current.current = { controller: new AbortController(), isOut: false };
    return current.current;
  }, []);
  const end = useCallback(() => {
    current.current = undefined;
  }, []);
  return { begin, end };
}
