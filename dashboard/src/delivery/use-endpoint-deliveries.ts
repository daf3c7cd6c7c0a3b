import type { Delivery } from '../api/routes';
import { useRead } from '../api/use-api';
import { isDueSoon } from './is-due-soon';

const maxDeliveries = 100;
const pollMs = 3_000;

/** The newest deliveries to an endpoint, refreshed while one of them is about to be attempted. */
export function useEndpointDeliveries(endpointId: string) {
  return useRead(
    'GET webhook-deliveries',
    { query: { endpoint_id: endpointId, limit: maxDeliveries } },
    { poll: ({ data }) => pollDueDeliveries(data) },
  );
}

/** Milliseconds to the next read of a list of deliveries; false when no attempt is near. */
export function pollDueDeliveries(deliveries: readonly Delivery[]): number | false {
  const isAttemptNear = deliveries.some(
    ({ status, next_attempt_at: next }) => status === 'pending' && next !== null && isDueSoon(next),
  );
  return isAttemptNear ? pollMs : false;
}
