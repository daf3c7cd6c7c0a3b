/** What was started, to be stopped in the opposite order, whether the start came to its end or not. */
export interface Undo {
  /** Hands the started thing on, and remembers to stop it, also when something beside it fails to start. */
  readonly own: <Started>(
    starting: Promise<Started>,
    stop: (started: Started) => void | Promise<void>,
  ) => Promise<Started>;
  readonly add: (stop: () => void | Promise<void>) => void;
  readonly run: () => Promise<void>;
}

export function startUndo(): Undo {
  const steps: (() => void | Promise<void>)[] = [];
  return {
    own(starting, stop) {
      steps.push(async () => {
        const [result] = await Promise.allSettled([starting]);
        if (result.status === 'fulfilled') await stop(result.value);
      });
      return starting;
    },
    add: (stop) => void steps.push(stop),
    async run() {
      for (let step = steps.pop(); step; step = steps.pop()) await step();
    },
  };
}
