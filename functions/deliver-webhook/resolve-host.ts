import { Resolver } from 'node:dns/promises';
import { codeOf } from './error-code';

/** Resolves to all addresses of a name, or to none if it has none. Throws if the look-up failed. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/**
 * Queries DNS directly, not through the system's resolver: hosts files and search domains have no influence, and slow
 * names of one tenant cannot exhaust the thread pool that all look-ups of the process share.
 */
export const resolveHost: Resolve = async (hostname) => {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  const answers = await Promise.all([
    resolver.resolve4(hostname).catch(emptyWhenNone),
    resolver.resolve6(hostname).catch(emptyWhenNone),
  ]);
  return answers.flat();
};

/**
 * Only "no such record" counts as an answer. After a failed look-up nothing is known about the name, so nothing is
 * sent.
 */
function emptyWhenNone(error: unknown): string[] {
  if (['ENODATA', 'ENOTFOUND'].includes(codeOf(error))) return [];
  throw error;
}
