export type TakeTurn = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** Lets so many run at once; the others wait, first come, first served. */
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
 * Lambda gives each call an environment, and so SDK clients, of its own; here one process serves them all. More calls at
 * once would wait for the clients' 50 sockets until those give up, and a counting update must then be called ambiguous.
 */
export const callsAtOnce = 40;
