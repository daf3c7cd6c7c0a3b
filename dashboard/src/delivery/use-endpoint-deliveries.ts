import type { Delivery } from '../api/routes';
import { useRead } from '../api/use-api';

const looked = 100;
const pollMs = 3_000;
const nearMs = 60_000;

/** The last deliveries to an endpoint, live while one is about to be tried. */
export function useEndpointDeliveries(endpointId: string) {
  return useRead(
    'GET webhook-deliveries',
    { query: { endpoint_id: endpointId, limit: looked } },
    { poll: ({ data }) => (data.some(isMoving) ? pollMs : false) },
  );
}

/** Pending, with an attempt to come within the minute. */
export function isMoving({ status, next_attempt_at: next }: Delivery): boolean {
  return status === 'pending' && next !== null && Date.parse(next) - Date.now() < nearMs;
}
