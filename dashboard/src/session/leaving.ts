/** The browser asks `beforeunload` listeners at once, or a moment later where it is busy. */
const questionMs = 3_000;

let isLeaving = false;

/**
 * True while the person leaves to sign in again, which they asked for. A page that keeps what was typed need not ask then
 * whether to leave.
 */
export function isLeavingToSignIn(): boolean {
  return isLeaving;
}

/** @param go leaves the page, or rejects and stays */
export async function leaveToSignIn(go: () => Promise<void> | void): Promise<void> {
  isLeaving = true;
  try {
    await go();
  } finally {
    setTimeout(() => (isLeaving = false), questionMs);
  }
}
