import type { Subscription } from '../endpoint/endpoint';
import { matchesEvent } from '../endpoint/subscription';
import type { JsonObject } from '../json';
import { dispatchEvent, type DispatchDeps } from './dispatch';
import type { EventRun, EventTarget, Origin } from './event';
import { stepEventId } from './ids';

export interface FireDeps extends DispatchDeps {
  readonly endpoints: {
    /** One consistent query. A caller that fires several events at once may hand in one that remembers its answer. */
    subscriptions(tenantId: string): Promise<readonly Subscription[]>;
  };
}

interface FiredStep {
  readonly tenantId: string;
  readonly run: EventRun;
  readonly origin?: Origin | undefined;
  readonly stepIndex: number;
  readonly event: string;
  /** Rendered; `{}` when the step has none. */
  readonly payload: JsonObject;
  readonly now: Date;
}

/**
 * Performs a `fire_webhook_event` step: one delivery for each active endpoint that subscribes to the event, however many
 * of its patterns match. Succeeds when the deliveries are durable; what becomes of them never changes the run.
 *
 * Safe to repeat: the first call's targets and bodies stay.
 *
 * @returns how many endpoints matched; 0 is a success, and worth a warning
 */
export async function fireWebhookEvent(deps: FireDeps, fired: FiredStep): Promise<{ matched_endpoints: number }> {
  const { tenantId, run, origin, stepIndex, event: type, payload, now } = fired;
  const subscriptions = await deps.endpoints.subscriptions(tenantId);
  const { event } = await dispatchEvent(
    deps,
    tenantId,
    {
      occurrence: { id: stepEventId(run.uid, stepIndex), type, run, origin, stepIndex, data: payload },
      targets: matchingTargets(subscriptions, (patterns) => matchesEvent(patterns, type)),
      trigger: 'event',
    },
    now,
  );
  return { matched_endpoints: event.targets.length };
}

/** Active endpoints with a matching subscription, as an event's targets. */
export function matchingTargets(
  subscriptions: readonly Subscription[],
  matches: (patterns: readonly string[]) => boolean,
): EventTarget[] {
  return subscriptions
    .filter(({ status, events }) => status === 'active' && matches(events))
    .map(({ id, url, body }) => ({ endpoint_id: id, url, body }));
}
