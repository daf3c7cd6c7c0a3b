import { setImmediate } from 'node:timers/promises';

/** Turns of the event loop after which nothing more happens by itself. The embedded table takes a few for each request. */
const quietTurns = 10;

/**
 * A time in which each AWS call takes one unit and everything else takes none. Calls begin together in waves: the next one
 * begins when all calls of the last have been answered, and the code that they were answered to has made its own. So the
 * number of waves up to a moment is the number of sequential calls up to it.
 */
export function virtualTime() {
  const waiting: (() => void)[] = [];
  let waves = 0;
  let inFlight = 0;
  let stirred = 0;
  let isWatching = false;

  /** Lets the next wave begin once nothing is under way. */
  async function watch(): Promise<void> {
    isWatching = true;
    while (waiting.length > 0) {
      const before = (stirred += 1);
      for (let turn = 0; turn < quietTurns; turn += 1) await setImmediate();
      if (inFlight > 0 || before !== stirred) continue;
      waves += 1;
      for (const begin of waiting.splice(0)) begin();
    }
    isWatching = false;
  }

  return {
    /** Units of time that have passed. */
    now: () => waves,

    /** Makes a call in the next wave. @returns its answer, and the wave that it was made in */
    async call<Answer>(send: () => Promise<Answer>): Promise<{ readonly answer: Answer; readonly wave: number }> {
      stirred += 1;
      const begun = new Promise<void>((resolve) => waiting.push(resolve));
      if (!isWatching) void watch();
      await begun;
      const wave = waves;
      inFlight += 1;
      try {
        return { answer: await send(), wave };
      } finally {
        inFlight -= 1;
        stirred += 1;
      }
    },
  };
}
