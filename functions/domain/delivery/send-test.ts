import type { Endpoint } from '../endpoint/endpoint';
import { testEvent } from '../endpoint/subscription';
import type { JsonObject } from '../json';
import type { Delivery } from './delivery';
import { dispatchEvent, type DispatchDeps } from './dispatch';
import type { Origin } from './event';
import { testEventId } from './ids';

interface TestCall {
  readonly endpoint: Pick<Endpoint, 'id' | 'url' | 'body' | 'max_per_second'>;
  /** Sent as the data of the event, or as the whole body if the endpoint takes payloads. */
  readonly payload: JsonObject | undefined;
  /** A fresh ULID. */
  readonly ulid: string;
  readonly origin?: Origin | undefined;
  readonly now: Date;
}

/**
 * Queues an `endpoint.test` event to one endpoint, disabled or not, for a single attempt. If the attempt succeeds, a
 * disabled endpoint becomes active again.
 */
export async function sendTestEvent(
  deps: DispatchDeps,
  tenantId: string,
  { endpoint, payload, ulid, origin, now }: TestCall,
): Promise<Delivery> {
  const { deliveries } = await dispatchEvent(
    deps,
    tenantId,
    {
      // Chat receivers such as Slack require the field `text`.
      occurrence: {
        id: testEventId(ulid),
        type: testEvent,
        run: null,
        origin,
        stepIndex: null,
        data: payload ?? { text: `Test event for ${endpoint.id}` },
      },
      targets: [{ endpoint_id: endpoint.id, url: endpoint.url, body: endpoint.body }],
      rates: new Map([[endpoint.id, endpoint.max_per_second]]),
      trigger: 'test',
    },
    now,
  );
  const [delivery] = deliveries;
  if (delivery === undefined) throw new Error('A test event was stored without its target');
  return delivery;
}
