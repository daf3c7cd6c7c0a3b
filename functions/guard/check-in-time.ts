import type { AttemptError } from '../domain/delivery/delivery';
import { checkTarget, type GuardDeps } from './check-target';

/** {@link checkTarget}, given up at a deadline. If the look-up answers later, no connection is opened. */
export function checkInTime(deps: GuardDeps, url: string, deadline: AbortSignal): ReturnType<typeof checkTarget> {
  return Promise.race([checkTarget(deps, url), lateness(deadline)]);
}

function lateness(deadline: AbortSignal): Promise<{ error: AttemptError }> {
  return new Promise((resolve) => {
    deadline.addEventListener('abort', () => {
      resolve({ error: { class: 'dns', rule: null, detail: 'The host name could not be looked up in time.' } });
    });
  });
}
