import type { Subscription } from '../endpoint/endpoint';
import { matchesEvent } from '../endpoint/subscription';

/** Counts the active endpoints that each event would reach now, for previews. */
export function countMatches(
  subscriptions: readonly Subscription[],
  events: readonly string[],
): ReadonlyMap<string, number> {
  const active = subscriptions.filter(({ status }) => status === 'active');
  return new Map(
    events.map((event) => [event, active.filter((endpoint) => matchesEvent(endpoint.events, event)).length]),
  );
}
