import { serverNow } from '../api/server-clock';

/** Nobody keeps a page open for a retry that is further away than a minute, so pages do not poll for one. */
const soonMs = 60_000;

export function isDueSoon(at: string): boolean {
  return Date.parse(at) - serverNow() < soonMs;
}
