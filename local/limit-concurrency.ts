export type TakeTurn = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Runs at most `limit` pieces of work at the same time. The others wait in a first-in, first-out queue. */
export function limitConcurrency(limit: number): TakeTurn {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

/**
 * Concurrent calls of one function. In Lambda each call has its own environment and SDK clients; here one process
 * serves them all. With more calls, requests would wait for one of the clients' 50 sockets until they time out, and the
 * outcome of an update that counts a run would then be unknown.
 */
export const callsAtOnce = 40;

/** Calls of one caller at the same time: those that may wait for runs, and as many that work. */
export const callsOfOneAtOnce = 20;

export type TakeTurnOf = <Result>(caller: string, work: () => Promise<Result>) => Promise<Result>;

/**
 * Runs at most `limit` pieces of work at the same time, and at most `limitOfOne` of one caller. Callers with waiting work
 * take turns. In AWS each request has a function instance of its own, so nobody waits for the requests of another caller;
 * with a single queue one caller could put hundreds of requests before everybody else's.
 */
export function limitFairly(limit: number, limitOfOne: number): TakeTurnOf {
  let running = 0;
  const runningOf = new Map<string, number>();
  const waiting = new Map<string, (() => void)[]>();

  function startNext(): void {
    for (const [caller, works] of waiting) {
      if (running >= limit) return;
      if ((runningOf.get(caller) ?? 0) >= limitOfOne) continue;
      const start = works.shift();
      // The caller goes to the end of the line.
      waiting.delete(caller);
      if (works.length > 0) waiting.set(caller, works);
      if (start === undefined) continue;
      running += 1;
      runningOf.set(caller, (runningOf.get(caller) ?? 0) + 1);
      start();
    }
  }

  function end(caller: string): void {
    running -= 1;
    const left = (runningOf.get(caller) ?? 1) - 1;
    if (left === 0) runningOf.delete(caller);
    else runningOf.set(caller, left);
    startNext();
  }

  return async (caller, work) => {
    const turn = new Promise<void>((start) => {
      waiting.set(caller, [...(waiting.get(caller) ?? []), start]);
    });
    startNext();
    await turn;
    try {
      return await work();
    } finally {
      end(caller);
    }
  };
}
