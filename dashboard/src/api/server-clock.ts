/**
 * The server's time minus the time of `performance.now()`, in milliseconds: it lies between these two. `performance.now()`
 * cannot be set, so the difference stays right when somebody corrects the computer's clock.
 */
interface Offset {
  readonly least: number;
  readonly most: number;
}

export interface ServerClock {
  readonly now: () => number;
  /**
   * @param date the header `Date` of an answer, which names a whole second
   * @param sentAt when the request was sent, by `performance.now()`
   */
  readonly learn: (date: string | null, sentAt: number) => void;
}

/**
 * Knows the server's time from its answers. Each says that the server's clock passed through the second that it names
 * after the request was sent and before the answer arrived. What many answers say together is right to a few
 * milliseconds. An answer that contradicts the earlier ones replaces them: the computer slept, or the server's clock was
 * set.
 */
export function openServerClock(computer: { ticks: () => number; now: () => number }): ServerClock {
  let offset: Offset | undefined;
  return {
    // Before the first answer nothing better is known than the computer's own clock.
    now: () => (offset === undefined ? computer.now() : computer.ticks() + (offset.least + offset.most) / 2),
    learn: (date, sentAt) => {
      const named = Date.parse(date ?? '');
      if (Number.isNaN(named)) return;
      const said = { least: named - computer.ticks(), most: named + 1_000 - sentAt };
      const both = offset && { least: Math.max(offset.least, said.least), most: Math.min(offset.most, said.most) };
      offset = both !== undefined && both.least <= both.most ? both : said;
    },
  };
}

const clock = openServerClock({ ticks: () => performance.now(), now: () => Date.now() });

/**
 * Milliseconds since 1970 by the server's clock. Use it wherever a time of the server is compared with now, because the
 * clock of the computer may be hours off.
 */
export const serverNow: () => number = clock.now;

/** Call with every answer of the API, as soon as it has arrived. */
export function learnServerTime(response: Response, sentAt: number): void {
  clock.learn(response.headers.get('date'), sentAt);
}
