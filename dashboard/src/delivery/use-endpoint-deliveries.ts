import { idlePace } from '../api/pace';
import type { Delivery } from '../api/routes';
import { useRead } from '../api/use-api';
import { pollAttempt } from './poll-attempt';

const maxDeliveries = 100;

/** The newest deliveries to an endpoint, read again quickly while one of them is about to be attempted. */
export function useEndpointDeliveries(endpointId: string) {
  return useRead(
    'GET webhook-deliveries',
    { query: { endpoint_id: endpointId, limit: maxDeliveries } },
    { poll: ({ data }) => pollDeliveries(data) },
  );
}

/** Milliseconds to the next read of a list of deliveries: sooner while an attempt is near. */
export function pollDeliveries(deliveries: readonly Delivery[]): number {
  const nearest = deliveries
    .flatMap(({ status, next_attempt_at: at }) => (status === 'pending' && at !== null ? [at] : []))
    .sort()[0];
  return nearest === undefined ? idlePace() : pollAttempt(nearest);
}
