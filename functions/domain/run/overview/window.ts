const hourMs = 3_600_000;
const windowHours = 24;

/** The beginning of the window: 24 whole UTC hours before the current one, so it holds 24 to 25 hours. */
export function windowStart(now: Date): Date {
  return new Date((Math.floor(now.getTime() / hourMs) - windowHours) * hourMs);
}

/** The UTC hour of a time, such as `2026-11-30T12`. */
export function hourIn(time: string): string {
  return time.slice(0, 'YYYY-MM-DDTHH'.length);
}
