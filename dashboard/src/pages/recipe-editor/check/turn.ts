/** So many checks in a minute are sent as they come; more of them wait, as long as anything else may be typed. */
const quickPerMinute = 20;
const minuteMs = 60_000;
const waitMs = 3_000;

/** When the checks of the last minute were sent, by the page's own clock. */
let sent: readonly number[] = [];

/**
 * Waits until a check may be sent, so that somebody who types with many pauses does not use up the tenant's rate.
 *
 * @throws the signal's reason if something else was typed meanwhile
 */
export async function turn(signal: AbortSignal): Promise<void> {
  const recent = sent.filter((at) => performance.now() - at < minuteMs);
  if (recent.length >= quickPerMinute) await pause(signal);
  signal.throwIfAborted();
  sent = [...recent, performance.now()];
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((over) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      over();
    };
    const timer = setTimeout(end, waitMs);
    signal.addEventListener('abort', end);
  });
}
