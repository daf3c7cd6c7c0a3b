import { kindOf, none, unless, type Promised } from './promise';

/** One attempt at a time: a lease is taken over only when it has run out, and only its holder records. */
export const leases: Promised = ({ system }) => ({
  onWrite: ({ key, before, after }) => {
    if (kindOf(key).kind !== 'delivery' || before === undefined || after === undefined) return none;
    const until = before['lease_until'];
    if (typeof until !== 'string' || after['lease'] === before['lease'] || after['lease'] === undefined) return none;
    const now = system.world.now().toISOString();
    return unless(until < now, () => `${key.sk} was claimed at ${now} although it was leased until ${until}`);
  },
});
