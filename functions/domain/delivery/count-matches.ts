import type { Subscription } from '../endpoint/endpoint';
import { matchesEvent } from '../endpoint/subscription';

/**
 * Counts the active endpoints that each event would reach now, for previews. It takes one read for any number of
 * events.
 */
export async function countMatches(
  endpoints: { subscriptions(tenantId: string): Promise<readonly Subscription[]> },
  tenantId: string,
  events: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (events.length === 0) return new Map();
  const active = (await endpoints.subscriptions(tenantId)).filter(({ status }) => status === 'active');
  return new Map(
    events.map((event) => [event, active.filter((endpoint) => matchesEvent(endpoint.events, event)).length]),
  );
}
