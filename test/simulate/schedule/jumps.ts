const dayMs = 86_400_000;

/** What the clock may jump by while calls are under way: a machine was paused, or everything was slow. */
export const jumps = [1, 5, 20, 61]
  .map((seconds) => ({ label: `${seconds} s pass`, toMs: (nowMs: number) => nowMs + seconds * 1000 }))
  .concat({ label: 'it becomes midnight', toMs: (nowMs) => (Math.floor(nowMs / dayMs) + 1) * dayMs });
