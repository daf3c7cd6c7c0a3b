/** A *day* of the daily run cap is a UTC calendar day, written `YYYY-MM-DD`. */
export function utcDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}

export function nextDay(day: string): string {
  return utcDay(startOfNextDay(day));
}

export function startOfDay(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00.000Z`));
}

/** When the cap of `day` resets: the next 00:00 UTC. */
export function startOfNextDay(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + dayMs);
}

export function daysBefore(day: string, days: number): string {
  return utcDay(new Date(Date.parse(`${day}T00:00:00.000Z`) - days * dayMs));
}

/** Whole seconds from `now` until `then`, rounded up, never negative. */
export function secondsUntil(then: Date, now: Date): number {
  return Math.max(0, Math.ceil((then.getTime() - now.getTime()) / 1000));
}

export function addSeconds(at: Date, seconds: number): Date {
  return new Date(at.getTime() + seconds * 1000);
}

const dayMs = 86_400_000;
