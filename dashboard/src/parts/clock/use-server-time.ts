import { useSyncExternalStore } from 'react';
import { serverNow } from '../../api/server-clock';

const tickMs = 1_000;
/** What the server's clock is known to more exactly with each answer. A longer way back is a correction. */
const mostJitterMs = 3_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let latest = 0;

/**
 * The server's time, rounded down to a whole `unitMs`: what shows it is drawn again when that unit is over. One timer
 * ticks for the whole page. It stands still while the tab is hidden, and there is none when nothing on the page needs it.
 */
export function useServerTime(unitMs: number): number {
  return useSyncExternalStore(subscribe, () => Math.floor(steadyNow() / unitMs) * unitMs);
}

/** Does not go back when an answer makes the server's time known more exactly, so that no duration jumps back. */
function steadyNow(): number {
  const now = serverNow();
  if (now > latest || latest - now > mostJitterMs) latest = now;
  return latest;
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) document.addEventListener('visibilitychange', startOrStop);
  listeners.add(listener);
  startOrStop();
  return () => {
    listeners.delete(listener);
    startOrStop();
    if (listeners.size === 0) document.removeEventListener('visibilitychange', startOrStop);
  };
}

function startOrStop(): void {
  const isNeeded = listeners.size > 0 && document.visibilityState === 'visible';
  if (isNeeded === (timer !== undefined)) return;
  if (timer === undefined) {
    // What is shown may be old when the tab becomes visible.
    tick();
    timer = setInterval(tick, tickMs);
  } else {
    clearInterval(timer);
    timer = undefined;
  }
}

function tick(): void {
  for (const listener of listeners) listener();
}
