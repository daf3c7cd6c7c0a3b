/** Simulated time: it stands still while a function runs, then jumps to the next planned action. */
export interface Schedule {
  readonly now: () => Date;
  readonly at: (time: Date, act: () => Promise<void>) => void;
  /** Time of the next planned action; undefined if there is none. */
  readonly next: () => Date | undefined;
  /** Runs all actions planned up to `time` in order, then sets the time to `time`. Time never goes back. */
  readonly advanceTo: (time: Date) => Promise<void>;
}

export function newSchedule(start: Date): Schedule {
  let nowMs = start.getTime();
  let planned: { readonly atMs: number; readonly order: number; readonly act: () => Promise<void> }[] = [];
  let order = 0;

  return {
    now: () => new Date(nowMs),
    at: (time, act) => {
      planned.push({ atMs: time.getTime(), order: (order += 1), act });
      planned.sort((a, b) => a.atMs - b.atMs || a.order - b.order);
    },
    next: () => (planned[0] === undefined ? undefined : new Date(planned[0].atMs)),
    advanceTo: async (time) => {
      for (let first = planned[0]; first !== undefined && first.atMs <= time.getTime(); first = planned[0]) {
        planned = planned.slice(1);
        nowMs = Math.max(nowMs, first.atMs);
        await first.act();
      }
      nowMs = Math.max(nowMs, time.getTime());
    },
  };
}

export function after(schedule: Pick<Schedule, 'now'>, seconds: number): Date {
  return new Date(schedule.now().getTime() + seconds * 1000);
}
