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

/**
 * Calls of one caller at the same time. A few that work keep the processor busy, and each reads up to twenty rows at the
 * same time, behind which the calls of others wait. Calls that may wait for a run cost little meanwhile: a tenant may have
 * ten of those, and some more are answered at once.
 */
export const callsOfOneAtOnce = { working: 4, waiting: 16 } as const;

/** Who takes a turn. */
export interface Turn {
  readonly caller: string;
  readonly kind: keyof typeof callsOfOneAtOnce;
}

export type TakeTurnOf = <Result>(turn: Turn, work: () => Promise<Result>) => Promise<Result>;

/**
 * Runs at most `limit` pieces of work at the same time, and at most `limitOfOne` of each kind of one caller. Callers with
 * work that is not begun take turns. In AWS each request has a function instance of its own, so nobody waits for the
 * requests of another caller; with a single queue one caller could put hundreds of requests before everybody else's.
 */
export function limitFairly(limit: number, limitOfOne: Readonly<Record<Turn['kind'], number>>): TakeTurnOf {
  let running = 0;
  const lines = new Map<string, Line>();

  function startNext(): void {
    for (const [name, line] of lines) {
      if (running >= limit) return;
      if (line.running >= line.limit) continue;
      const start = line.waiting.shift();
      if (start === undefined) continue;
      // The caller goes to the end.
      lines.delete(name);
      lines.set(name, line);
      running += 1;
      line.running += 1;
      start();
    }
  }

  return async ({ caller, kind }, work) => {
    const name = `${kind} ${caller}`;
    const line = lines.get(name) ?? { limit: limitOfOne[kind], running: 0, waiting: [] };
    lines.set(name, line);
    const turn = new Promise<void>((start) => line.waiting.push(start));
    startNext();
    await turn;
    try {
      return await work();
    } finally {
      running -= 1;
      line.running -= 1;
      if (line.running === 0 && line.waiting.length === 0) lines.delete(name);
      startNext();
    }
  };
}

/** The calls of one kind of one caller. */
interface Line {
  readonly limit: number;
  running: number;
  /** Each starts a call. */
  readonly waiting: (() => void)[];
}
