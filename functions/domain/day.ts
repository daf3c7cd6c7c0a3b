/** A *day* of the daily run cap is a UTC calendar day, written `YYYY-MM-DD`. */
export function utcDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/**
 * The instants of a day: from `start`, which is the first of them, to just before `end`, the first of the next day, when
 * the cap resets. A run is one of a day's runs exactly if it was created within them.
 */
export function boundsOfDay(day: string): { readonly start: Date; readonly end: Date } {
  const start = Date.parse(`${day}T00:00:00.000Z`);
  return { start: new Date(start), end: new Date(start + dayMs) };
}

export function nextDay(day: string): string {
  return utcDay(boundsOfDay(day).end);
}

export function daysBefore(day: string, days: number): string {
  return utcDay(new Date(boundsOfDay(day).start.getTime() - days * dayMs));
}

/**
 * The day a run number was counted on; undefined when its counts are no longer kept.
 *
 * @param beforeByDay the last number before each day's first
 */
export function dayOfNumber(beforeByDay: Readonly<Record<string, number>>, number: number): string | undefined {
  const begun = Object.entries(beforeByDay).filter(([, before]) => before < number);
  return begun
    .map(([day]) => day)
    .sort()
    .at(-1);
}

/** Whole seconds from `now` until `then`, rounded up, never negative. */
export function secondsUntil(then: Date, now: Date): number {
  return Math.max(0, Math.ceil((then.getTime() - now.getTime()) / 1000));
}

export function addSeconds(at: Date, seconds: number): Date {
  return new Date(at.getTime() + seconds * 1000);
}

const dayMs = 86_400_000;

/**
 * `now`, or the first millisecond after the latest of these times. What is derived from the time of a change, such as the
 * id of its audit row, is then another one for each change, even of requests that began in the same millisecond.
 *
 * @param earlier times of the changes before, RFC 3339; null and undefined are none
 */
export function afterAll(now: Date, earlier: readonly (string | null | undefined)[]): Date {
  const latest = Math.max(...earlier.map((time) => (time === null || time === undefined ? 0 : Date.parse(time))));
  return latest < now.getTime() ? now : new Date(latest + 1);
}
