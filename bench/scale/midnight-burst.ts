import { recoveryBudgetSeconds, recoveryEveryMinutes } from '../../functions/contract/functions';
import { startDueSeconds } from '../../functions/domain/timetable';
import { concurrency } from '../../functions/recover-runs/recover';
import { seededRandom } from './random';

/** The scheduler of every tenant fires its triggers at 00:00:00 UTC, when the daily caps start over. */
export const burst = { tenants: 10_000, triggersEach: 10, lastsSeconds: 300 } as const;

/** The limits on the way from a trigger to the start of its run, per second. */
export interface BurstLimits {
  readonly name: string;
  /** Throttle of the API's stage: its rate, and the burst that it accepts at once. */
  readonly throttle: { readonly rateLimit: number; readonly burstLimit: number };
  /** Accepted runs that the table can store. */
  readonly tableRuns: number;
  /** Calls of StartExecution for Express. */
  readonly starts: number;
}

export interface BurstSecond {
  readonly second: number;
  /** Number of runs since midnight. */
  readonly accepted: number;
  readonly started: number;
}

/** After a refusal clients wait a random time up to 1, 2, 4 … 60 seconds: exponential back-off with full jitter. */
const longestWaitSeconds = 60;
/** Recovery begins a pass at each full minute. The items that it works on at a time take 20 ms each. */
const recovery = {
  everySeconds: recoveryEveryMinutes * 60,
  worksSeconds: recoveryBudgetSeconds,
  itemsPerSecond: concurrency / 0.02,
} as const;

/**
 * Simulates, second by second, how many triggers are accepted and how many runs are started, at once or later by
 * recovery. The result is deterministic.
 */
export function midnightBurst(limits: BurstLimits): BurstSecond[] {
  const random = seededRandom(1);
  /** Triggers by the second of their next try; each number is how often the trigger was refused. */
  const pending = new Map<number, number[]>([[0, Array.from({ length: burst.tenants * burst.triggersEach }, () => 0)]]);
  /** The second from which recovery may start each run that was accepted but not started. */
  const deferred: number[] = [];
  let tokens = limits.throttle.burstLimit;
  let [accepted, started] = [0, 0];
  const seconds: BurstSecond[] = [];

  for (let second = 0; second < burst.lastsSeconds; second += 1) {
    const triggers = pending.get(second) ?? [];
    pending.delete(second);
    const acceptedNow = Math.min(triggers.length, Math.floor(tokens), limits.tableRuns);
    tokens = Math.min(limits.throttle.burstLimit, tokens - acceptedNow + limits.throttle.rateLimit);
    for (const refusals of triggers.slice(acceptedNow)) {
      const wait = random() * Math.min(longestWaitSeconds, 2 ** refusals);
      const nextTry = second + Math.max(1, Math.ceil(wait));
      const others = pending.get(nextTry) ?? [];
      others.push(refusals + 1);
      pending.set(nextTry, others);
    }
    accepted += acceptedNow;

    let starts = limits.starts;
    const atOnce = Math.min(acceptedNow, starts);
    starts -= atOnce;
    for (let left = acceptedNow - atOnce; left > 0; left -= 1) deferred.push(second + startDueSeconds);
    const passIsRunning = second % recovery.everySeconds < recovery.worksSeconds;
    const overdue = deferred.filter((due) => due <= second).length;
    const taken = passIsRunning ? Math.min(overdue, recovery.itemsPerSecond, starts) : 0;
    deferred.splice(0, taken);
    started += atOnce + taken;
    seconds.push({ second, accepted, started });
  }
  return seconds;
}

/** The second by which all runs are accepted, or started. Undefined if that takes longer than the simulation. */
export function secondOfAll(seconds: readonly BurstSecond[], which: 'accepted' | 'started'): number | undefined {
  return seconds.find((one) => one[which] === burst.tenants * burst.triggersEach)?.second;
}
