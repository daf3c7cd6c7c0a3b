import type { Row } from '../../../functions/aws/database';
import type { Invocation } from '../schedule/invocation';
import { kindOf, none, unless, type Promised } from './promise';

/** A message may come so much before the time of its attempt. */
const earlyMs = 2_000;
/** What a sender writes when it gives its lease back. */
const recorded = ['attempts_made', 'waiting_until'];

/**
 * One attempt at a time, and none before its time: a lease is taken over only when it has run out, and only its holder
 * records.
 */
export const leases: Promised = ({ system }) => {
  const holders = new Map<string, Invocation>();
  return {
    onWrite: ({ key, before, after, by }) => {
      if (kindOf(key).kind !== 'delivery' || before === undefined || after === undefined) return none;
      const name = `${key.pk} ${key.sk}`;
      if (after['lease'] !== undefined && after['lease'] !== before['lease']) {
        holders.set(name, by);
        return judgeClaim(key.sk, before, system.world.nowMs());
      }
      if (by.functionName !== 'deliver-webhook' || recorded.every((of) => before[of] === after[of])) return none;
      return unless(
        holders.get(name) === by && before['lease_until'] !== undefined,
        () => `a sender recorded an attempt of ${key.sk} without holding its lease`,
      );
    },
  };
};

function judgeClaim(name: string, before: Row, nowMs: number): readonly string[] {
  const { lease_until: until, next_attempt_at: next } = before;
  const now = new Date(nowMs).toISOString();
  return [
    ...unless(
      typeof until !== 'string' || until < now,
      () => `${name} was claimed at ${now} although it was leased until ${String(until)}`,
    ),
    ...unless(
      typeof next !== 'string' || Date.parse(next) - nowMs <= earlyMs,
      () => `${name} was claimed at ${now}, before the time of its attempt, ${String(next)}`,
    ),
  ];
}
