import { recoveryBudgetSeconds, recoveryEveryMinutes } from '../../functions/contract/functions';
import { startDueSeconds } from '../../functions/domain/timetable';
import { seededRandom } from './random';

/** Every tenant's scheduler fires at 00:00:00 UTC, when the caps are new. */
export const burst = { tenants: 10_000, triggersEach: 10, lastsSeconds: 300 } as const;

/** What stands between a trigger and its start; a second. */
export interface BurstLimits {
  readonly name: string;
  /** Of the API's stage, and what it lets through at once. */
  readonly throttle: { readonly rateLimit: number; readonly burstLimit: number };
  /** Accepted runs that the table takes. */
  readonly tableRuns: number;
  /** StartExecution, Express. */
  readonly starts: number;
}

export interface BurstSecond {
  readonly second: number;
  /** Since midnight. */
  readonly accepted: number;
  readonly started: number;
}

/** Clients wait 1, 2, 4 … at most 60 seconds after a refusal, at random up to that: AWS calls it full jitter. */
const longestWaitSeconds = 60;
/** Recovery begins at each full minute and takes ten items at once, for 20 ms each. */
const recovery = {
  everySeconds: recoveryEveryMinutes * 60,
  worksSeconds: recoveryBudgetSeconds,
  itemsPerSecond: 500,
} as const;

/** Second by second: who is let in, whose run starts, and what recovery starts later. Deterministic. */
export function midnightBurst(limits: BurstLimits): BurstSecond[] {
  const random = seededRandom(1);
  const asking = new Map<number, number[]>([[0, Array.from({ length: burst.tenants * burst.triggersEach }, () => 0)]]);
  /** Due second of each run that was accepted and not started. */
  const deferred: number[] = [];
  let tokens = limits.throttle.burstLimit;
  let [accepted, started] = [0, 0];
  const seconds: BurstSecond[] = [];

  for (let second = 0; second < burst.lastsSeconds; second += 1) {
    const refusedBefore = asking.get(second) ?? [];
    asking.delete(second);
    const letIn = Math.min(refusedBefore.length, Math.floor(tokens), limits.tableRuns);
    tokens = Math.min(limits.throttle.burstLimit, tokens - letIn + limits.throttle.rateLimit);
    for (const refusals of refusedBefore.slice(letIn)) {
      const wait = random() * Math.min(longestWaitSeconds, 2 ** refusals);
      const again = second + Math.max(1, Math.ceil(wait));
      const others = asking.get(again) ?? [];
      others.push(refusals + 1);
      asking.set(again, others);
    }
    accepted += letIn;

    let starts = limits.starts;
    const atOnce = Math.min(letIn, starts);
    starts -= atOnce;
    for (let left = letIn - atOnce; left > 0; left -= 1) deferred.push(second + startDueSeconds);
    const isAtWork = second % recovery.everySeconds < recovery.worksSeconds;
    const overdue = deferred.filter((due) => due <= second).length;
    const taken = isAtWork ? Math.min(overdue, recovery.itemsPerSecond, starts) : 0;
    deferred.splice(0, taken);
    started += atOnce + taken;
    seconds.push({ second, accepted, started });
  }
  return seconds;
}

/** The second by which all are accepted, or started; undefined when some are not within the time looked at. */
export function secondOfAll(seconds: readonly BurstSecond[], which: 'accepted' | 'started'): number | undefined {
  return seconds.find((one) => one[which] === burst.tenants * burst.triggersEach)?.second;
}
