const key = 'workflows.tab';
/** Reloading a page frees its lock within milliseconds; this leaves a busy computer time for it. */
const patienceMs = 1_000;

/**
 * True if another open tab has the same storage, because a browser copies the storage of a tab that is duplicated. The
 * copy must not use the tokens in it: a refresh token works once, and an issuer that sees it twice may end both sessions.
 * Each tab therefore holds a lock of its own, which no copy can get. From now on this tab has a name of its own.
 */
export async function isCopyOfOtherTab(): Promise<boolean> {
  const known = sessionStorage.getItem(key);
  if (known !== null && (await hold(known))) return false;
  const name = crypto.randomUUID();
  sessionStorage.setItem(key, name);
  await hold(name);
  return known !== null;
}

/** Makes this window forget that its storage was copied from the tab that opened it. */
export function forgetOtherTab(): void {
  sessionStorage.removeItem(key);
}

/** Holds the lock until the page is left. @returns false if another tab does */
function hold(name: string): Promise<boolean> {
  return new Promise((answer) => {
    const held = () => {
      answer(true);
      return new Promise<never>(() => undefined);
    };
    navigator.locks
      .request(`${key}.${name}`, { signal: AbortSignal.timeout(patienceMs) }, held)
      .catch(() => answer(false));
  });
}
