import { Resolver } from 'node:dns/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from './error-code';

/** Resolves to all addresses of a name, or to none if it has none. Throws if no look-up found any and one failed. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/** Broken load balancers answer A, and fail or never answer AAAA. */
const otherFamilyMs = 1_000;

/**
 * Queries DNS directly, not through the system's resolver: hosts files and search domains have no influence, and slow
 * names of one tenant cannot exhaust the thread pool that all look-ups of the process share.
 */
export const resolveHost = hostResolver();

/** @param servers for tests: name servers to ask instead of those of this machine */
export function hostResolver(servers?: readonly string[]): Resolve {
  return async (hostname) => {
    const resolver = new Resolver({ timeout: 2_000, tries: 2 });
    if (servers !== undefined) resolver.setServers(servers);
    const families = [
      resolver.resolve4(hostname).catch(emptyWhenNone),
      resolver.resolve6(hostname).catch(emptyWhenNone),
    ] as const;
    // The first family with an address does not wait for the other one longer than this.
    const found = Promise.any(families.map(async (family) => orNothingFound(await family)));
    const enough = found.then(() => sleep(otherFamilyMs, undefined, { ref: false }));
    const settled = Promise.allSettled(families);
    await Promise.race([settled, enough.catch(() => settled)]);
    resolver.cancel();
    const answers = await settled;
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    const failure = answers.find((answer) => answer.status === 'rejected');
    // Connections go to these addresses only, so what the other family would have said does not matter.
    if (addresses.length === 0 && failure !== undefined) throw failure.reason;
    return addresses;
  };
}

/** Only "no such record" counts as an answer; after a failed look-up nothing is known about the family. */
function emptyWhenNone(error: unknown): string[] {
  if (['ENODATA', 'ENOTFOUND'].includes(codeOf(error))) return [];
  throw error;
}

function orNothingFound(addresses: readonly string[]): readonly string[] {
  if (addresses.length === 0) throw new Error('No address of this family');
  return addresses;
}
