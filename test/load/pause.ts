/** More than recovery needs for anything, on a slow machine. */
export const patienceMs = 300_000;

export function pause(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms));
}

export function secondsSince(beganMs: number): number {
  return Math.round((Date.now() - beganMs) / 100) / 10;
}
