/** A sample is long enough for hundreds of calls and short enough for many rounds. */
const sampleMs = 400;

/** Measures calls per second with `concurrency` calls in progress at any time. */
export async function callsPerSecond(call: () => Promise<unknown>, concurrency: number): Promise<number> {
  const startedMs = performance.now();
  let calls = 0;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() - startedMs < sampleMs) {
        await call();
        calls += 1;
      }
    }),
  );
  return (calls / (performance.now() - startedMs)) * 1000;
}

/** Measures the mean time of several calls, because the timer is too imprecise for a single one. */
export async function msPerCall(call: () => Promise<unknown>, calls: number): Promise<number> {
  const startedMs = performance.now();
  for (let made = 0; made < calls; made += 1) await call();
  return (performance.now() - startedMs) / calls;
}

/** Measures the mean CPU time of this process per call. */
export async function cpuMsPerCall(call: () => Promise<unknown>, calls: number): Promise<number> {
  const before = process.cpuUsage();
  for (let made = 0; made < calls; made += 1) await call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / calls;
}
