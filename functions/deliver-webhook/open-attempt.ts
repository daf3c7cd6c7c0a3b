import type { AttemptContext, ClaimedDelivery, DeliveryAttemptStore, Lease } from '../aws/delivery/attempts';
import type { DeliveryMessage } from '../contract/messages';
import { endpointIdOf } from '../domain/delivery/ids';
import type { Endpoint } from '../domain/endpoint/endpoint';
import { hostOf } from '../domain/endpoint/host/name';
import type { TakeTurn } from './take-turns';

/** An attempt that this process may make, with all that it needs. */
export interface OpenAttempt extends AttemptContext {
  readonly delivery: ClaimedDelivery;
  /** The turn of the attempt at the endpoint as it is now. */
  readonly turnAt: (endpoint: Endpoint) => Promise<'now' | Date>;
}

/**
 * Claims the attempt that a message asks for, reads its endpoint and event, and asks for its turn. None of these waits for
 * another, because each takes a request of some milliseconds, and an event's age when it arrives is their sum. If the claim
 * is refused, the others were in vain: two reads, and one place of a second in which the endpoint gets an attempt less. That
 * happens to duplicates only.
 *
 * @returns undefined if there is nothing to do; the message can be dropped
 */
export async function openAttempt(
  attempts: Pick<DeliveryAttemptStore, 'claim' | 'context'>,
  takeTurn: TakeTurn,
  message: DeliveryMessage,
  { lease, at }: { readonly lease: Lease; readonly at: Date },
): Promise<OpenAttempt | undefined> {
  const { tenant_id: tenantId, delivery_id: deliveryId, pace } = message;
  const endpointId = endpointIdOf(deliveryId);
  const ask = (host: string, perSecond: number, hasWaited: boolean) =>
    takeTurn(tenantId, host, { endpointId, perSecond, hasWaited });

  const [claimed, read, asked] = await Promise.allSettled([
    attempts.claim(message, lease, at),
    attempts.context(tenantId, deliveryId),
    pace === undefined ? undefined : ask(pace.host, pace.per_second, false),
  ]);
  if (claimed.status === 'rejected') throw claimed.reason;
  const delivery = claimed.value;
  if (delivery === undefined) return undefined;
  if (read.status === 'rejected') throw read.reason;

  const hasWaited = delivery.waiting_until !== undefined;
  return {
    ...read.value,
    delivery,
    turnAt: async ({ url, max_per_second: perSecond }) => {
      const host = hostOf(url);
      const isAsExpected = pace?.host === host && pace.per_second === perSecond && !hasWaited;
      const turn = isAsExpected && asked.status === 'fulfilled' ? asked.value : undefined;
      return turn ?? ask(host, perSecond, hasWaited);
    },
  };
}
