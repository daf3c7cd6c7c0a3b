import type { Endpoint } from '../endpoint/endpoint';
import { matchesSystemEvent, type SystemEvent } from '../endpoint/subscription';
import { withoutQuery } from '../endpoint/url-query';
import { dispatchEvent } from './dispatch';
import type { Occurrence } from './event';
import { matchingTargets, ratesOf, type FireDeps } from './fire-event';
import { disabledEventId } from './ids';

export interface AnnounceDisabledDeps extends FireDeps {
  readonly health: {
    noteDisablingAnnounced(tenantId: string, endpointId: string, disabledAt: string): Promise<void>;
  };
}

/**
 * Fires `endpoint.disabled` once each time an endpoint is disabled. Any process that finds a disabled endpoint without
 * an announcement may call this, so nothing is lost if a process dies between disabling and announcing.
 */
export async function announceDisabled(
  deps: AnnounceDisabledDeps,
  tenantId: string,
  endpoint: Endpoint,
  now: Date,
): Promise<void> {
  if (endpoint.status !== 'disabled' || endpoint.disabled_at === null || endpoint.disabling_announced) return;
  await announce(deps, tenantId, 'endpoint.disabled', now, {
    id: disabledEventId(endpoint.id, endpoint.disabled_at),
    run: null,
    stepIndex: null,
    data: {
      endpoint_id: endpoint.id,
      // The event goes to other receivers.
      url: withoutQuery(endpoint.url),
      disabled_reason: endpoint.disabled_reason,
      disabled_at: endpoint.disabled_at,
    },
  });
  await deps.health.noteDisablingAnnounced(tenantId, endpoint.id, endpoint.disabled_at);
}

export async function announce(
  deps: FireDeps,
  tenantId: string,
  type: SystemEvent,
  now: Date,
  occurrence: Omit<Occurrence, 'type'>,
): Promise<void> {
  const subscriptions = await deps.endpoints.subscriptions(tenantId);
  const targets = matchingTargets(subscriptions, (patterns) => matchesSystemEvent(patterns, type));
  if (targets.length === 0) return;
  const rates = ratesOf(subscriptions);
  await dispatchEvent(deps, tenantId, { occurrence: { ...occurrence, type }, targets, rates, trigger: 'event' }, now);
}
