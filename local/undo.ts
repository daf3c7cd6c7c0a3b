/** Collects the steps that stop what was started. They run in reverse order, even if the start fails halfway. */
export interface Undo {
  /** Returns the promise and remembers to stop its result, even if something else fails to start in the meantime. */
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
