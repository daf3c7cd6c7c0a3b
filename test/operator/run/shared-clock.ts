/** A clock that several commands share. It moves on to the next waking only when all of them sleep. */
export function sharedClock(startMs: number, commands: number) {
  const sleepers: { atMs: number; wake: () => void }[] = [];
  let [nowMs, awake] = [startMs, commands];

  function moveOn(): void {
    if (awake > 0 || sleepers.length === 0) return;
    nowMs = Math.min(...sleepers.map(({ atMs }) => atMs));
    for (const sleeper of [...sleepers].filter(({ atMs }) => atMs === nowMs)) {
      sleepers.splice(sleepers.indexOf(sleeper), 1);
      awake += 1;
      sleeper.wake();
    }
  }

  return {
    now: () => new Date(nowMs),
    sleep: (ms: number) =>
      new Promise<void>((wake) => {
        sleepers.push({ atMs: nowMs + ms, wake });
        awake -= 1;
        moveOn();
      }),
    /** For a command that has ended. */
    leave: () => {
      awake -= 1;
      moveOn();
    },
  };
}
