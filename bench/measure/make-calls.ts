/** After so many calls V8 has compiled what they run. The part `cold` measures a new process. */
export const warmUpCalls = 2_000;

/** Makes that many calls, `concurrency` of them at once. */
export async function makeCalls(call: () => Promise<unknown>, calls: number, concurrency: number): Promise<void> {
  let left = calls;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (left > 0) {
        left -= 1;
        await call();
      }
    }),
  );
}
