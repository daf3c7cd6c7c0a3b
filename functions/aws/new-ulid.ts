import { randomInt } from 'node:crypto';
import { ulid } from 'ulid';

const steps = 2 ** 32;

/**
 * Makes a ULID: the time, then 80 random bits. By default the package asks the system for each of the 16 random
 * characters, which takes 25 µs; Node's generator buffers random bytes.
 *
 * @param timeMs the time of the ULID; now by default
 */
export function newUlid(timeMs?: number): string {
  return ulid(timeMs, () => randomInt(steps) / steps);
}
