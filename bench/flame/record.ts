import { Session, type Profiler } from 'node:inspector/promises';
import { makeCalls } from '../measure/make-calls';

/** One sample in this time. A shorter one would slow down what is measured. */
const samplingMicroseconds = 250;

export type Profile = Profiler.Profile;

/** Records where this process spends its time while it makes the calls, `concurrency` of them at once. */
export async function recordProfile(
  call: () => Promise<unknown>,
  calls: number,
  concurrency: number,
): Promise<Profile> {
  await makeCalls(call, calls / 2, concurrency);
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: samplingMicroseconds });
  await session.post('Profiler.start');
  await makeCalls(call, calls, concurrency);
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  return profile;
}
