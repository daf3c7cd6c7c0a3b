import crypto from 'node:crypto';

/** What the product takes from the machine it runs on, for as long as a schedule runs. */
export interface Sources {
  readonly nowMs: () => number;
  readonly sleep: (ms: number, wake: () => void) => void;
}

const real = {
  randomUUID: crypto.randomUUID,
  randomBytes: crypto.randomBytes,
  randomInt: crypto.randomInt,
  getRandomValues: globalThis.crypto.getRandomValues.bind(globalThis.crypto),
  performanceNow: performance.now.bind(performance),
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
};

/**
 * Replaces random ids, timers and the stopwatch of this process by ones that are the same in every run. Clocks and the ids
 * of runs are handed in to the product and need no replacement. Only the program that simulates calls this, and ends it
 * before it does anything else.
 *
 * @returns a function that puts the real ones back
 */
export function sameEveryTime({ nowMs, sleep }: Sources): () => void {
  let made = 0;
  let state = 1;
  // A linear congruential generator: unique for long enough, and the same every time.
  const nextByte = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  };
  const replacements = {
    randomUUID: () => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`,
    randomBytes: (size: number) => Buffer.alloc(size, `random ${(made += 1)} `),
    randomInt: (below: number) => nextByte() % below,
  };
  Object.assign(crypto, replacements);
  // The package ulid asks the web's crypto, a byte at a time.
  Object.assign(globalThis.crypto, {
    getRandomValues: (bytes: Uint8Array) => {
      for (let index = 0; index < bytes.length; index += 1) bytes[index] = nextByte();
      return bytes;
    },
  });
  Object.assign(performance, { now: nowMs });
  Object.assign(globalThis, {
    setTimeout: (wake: () => void, ms = 0) => {
      const timer = { isOver: false, unref: () => timer, ref: () => timer };
      sleep(ms, () => {
        if (!timer.isOver) wake();
      });
      return timer;
    },
    clearTimeout: (timer: { isOver: boolean } | undefined) => {
      if (timer !== undefined) timer.isOver = true;
    },
  });
  return () => {
    Object.assign(crypto, { randomUUID: real.randomUUID, randomBytes: real.randomBytes, randomInt: real.randomInt });
    Object.assign(globalThis.crypto, { getRandomValues: real.getRandomValues });
    Object.assign(performance, { now: real.performanceNow });
    Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
  };
}
