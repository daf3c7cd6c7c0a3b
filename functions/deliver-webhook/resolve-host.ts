import { Resolver } from 'node:dns/promises';
import { codeOf } from './error-code';

/** All addresses of a name; empty when it has none. Throws when that could not be found out. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/**
 * Asks DNS itself, not the system's resolver: no hosts file or search domain has a say, and slow names of one tenant
 * do not use up the thread pool that every look-up of the process shares.
 */
export const resolveHost: Resolve = async (hostname) => {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  const answers = await Promise.all([
    resolver.resolve4(hostname).catch(emptyWhenNone),
    resolver.resolve6(hostname).catch(emptyWhenNone),
  ]);
  return answers.flat();
};

/** Only "there is none" counts as an answer: on a failed look-up nothing is known of the name, so nothing is sent. */
function emptyWhenNone(error: unknown): string[] {
  if (['ENODATA', 'ENOTFOUND'].includes(codeOf(error))) return [];
  throw error;
}
