import { segmentTime, throttleWaits } from '../contract/machine';
import { isThrottle, Throttled } from '../contract/throttling';

/** The time of one call of `run-segment`, and how it waits. Times are milliseconds on the clock of `nowMs`. */
export interface CallTime {
  readonly beganMs: number;
  /** When Lambda ends the call. */
  readonly endsMs: number;
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** From 0 up to, but not including, 1. */
  readonly random: () => number;
}

/** The time that a call keeps for the last request before Lambda ends it. */
const reserveMs = 10_000;

/** A point in the call, in seconds from its beginning; earlier if Lambda ends the call sooner than its timeout. */
export function atMost({ beganMs, endsMs }: CallTime, seconds: number): number {
  return Math.min(beganMs + seconds * 1000, endsMs - reserveMs);
}

/** True once the call begins no further step. */
export function isTimeUp(time: CallTime): boolean {
  return time.nowMs() >= atMost(time, segmentTime.lastStepAt);
}

/**
 * Returns the store with every method repeated while it is throttled, until `untilMs`. A throttled request had no
 * effect, and every method of a store may be repeated, so this changes nothing but the time.
 *
 * @throws Throttled if a method was still throttled then
 */
export function patient<Store extends object>(store: Store, time: CallTime, untilMs: number): Store {
  return new Proxy(store, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...args: readonly unknown[]) =>
        whilePatient(time, untilMs, async () => {
          const result: unknown = await Reflect.apply(method, target, args);
          return result;
        });
    },
  });
}

async function whilePatient<Result>(time: CallTime, untilMs: number, act: () => Promise<Result>): Promise<Result> {
  for (let throttled = 0; ; throttled += 1) {
    try {
      return await act();
    } catch (error) {
      if (!isThrottle(error)) throw error;
      const waitMs = time.random() * Math.min(throttleWaits.longestMs, throttleWaits.firstMs * 2 ** throttled);
      if (time.nowMs() + waitMs > untilMs) throw new Throttled('AWS throttles this run', { cause: error });
      await time.sleep(waitMs);
    }
  }
}
