import type { Subscription } from '../endpoint/endpoint';
import { matchesEvent } from '../endpoint/subscription';
import type { JsonObject } from '../json';
import { dispatchEvent, type DispatchDeps, type Rates } from './dispatch';
import type { EventRun, EventTarget, Origin } from './event';
import { stepEventId } from './ids';

export interface FireDeps extends DispatchDeps {
  readonly endpoints: {
    /** One consistent query. A caller that fires several events may pass a function that caches the result. */
    subscriptions(tenantId: string): Promise<readonly Subscription[]>;
  };
}

interface FiredStep {
  readonly tenantId: string;
  readonly run: EventRun;
  readonly origin?: Origin | undefined;
  readonly stepIndex: number;
  readonly event: string;
  /** The rendered payload; `{}` if the step has none. */
  readonly payload: JsonObject;
  readonly now: Date;
}

/**
 * Performs a `fire_webhook_event` step: it creates one delivery for each active endpoint that subscribes to the event,
 * no matter how many of its patterns match. The step succeeds once the deliveries are durable; their outcome never
 * changes the run.
 *
 * It is safe to repeat: the targets and bodies of the first call are kept.
 *
 * @returns the number of endpoints that matched; 0 is a success that deserves a warning
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
      rates: ratesOf(subscriptions),
      trigger: 'event',
    },
    now,
  );
  return { matched_endpoints: event.targets.length };
}

/** The active endpoints with a matching subscription, as targets of an event. */
export function matchingTargets(
  subscriptions: readonly Subscription[],
  matches: (patterns: readonly string[]) => boolean,
): EventTarget[] {
  return subscriptions
    .filter(({ status, events }) => status === 'active' && matches(events))
    .map(({ id, url, body }) => ({ endpoint_id: id, url, body }));
}

export function ratesOf(subscriptions: readonly Subscription[]): Rates {
  return new Map(subscriptions.map(({ id, max_per_second }) => [id, max_per_second]));
}
