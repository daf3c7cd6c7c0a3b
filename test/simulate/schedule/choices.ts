/**
 * The decisions of one schedule, in the order they are made. Zero is always the harmless one: the oldest call goes on,
 * nothing fails, an actor does nothing. So a shorter list, or one with more zeros, is a simpler schedule; that is how
 * failures are shrunk.
 */
export interface Choices {
  /** 0, except with this probability: then a number from 1 to `others`, each as likely as the next. */
  readonly rarely: (probability: number, others: number) => number;
  /** A number from 0 to `count` - 1, each as likely as the next. */
  readonly among: (count: number) => number;
  /** What was decided so far. */
  readonly made: readonly number[];
}

export function randomChoices(random: () => number): Choices {
  const made: number[] = [];
  const note = (choice: number) => {
    made.push(choice);
    return choice;
  };
  return {
    rarely: (probability, others) => note(others > 0 && random() < probability ? 1 + Math.floor(random() * others) : 0),
    among: (count) => note(Math.floor(random() * count)),
    made,
  };
}

/** Repeats decisions. After the last one everything is harmless, and a number that is too large now is cut. */
export function replayedChoices(decided: readonly number[]): Choices {
  const made: number[] = [];
  const next = (most: number) => {
    const choice = Math.max(0, Math.min(decided[made.length] ?? 0, most));
    made.push(choice);
    return choice;
  };
  return { rarely: (_probability, others) => next(others), among: (count) => next(count - 1), made };
}
