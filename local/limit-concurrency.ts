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
