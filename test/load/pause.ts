/** Longer than recovery takes for anything, even on a slow machine. */
export const timeoutMs = 300_000;

export function pause(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms));
}

export function secondsSince(beganMs: number): number {
  return Math.round((Date.now() - beganMs) / 100) / 10;
}
