import type { DeliveryDetail } from '../api/routes';
import { useRead } from '../api/use-api';

const pollMs = 1_000;
/** Nobody watches a retry that is further off than this. */
const nearMs = 60_000;

/** A delivery, live while its next attempt is near. */
export function useDelivery(id: string) {
  return useRead('GET webhook-deliveries/{id}', { id }, { poll });
}

function poll({ status, next_attempt_at: next }: DeliveryDetail): number | false {
  if (status !== 'pending') return false;
  return next === null || Date.parse(next) - Date.now() < nearMs ? pollMs : false;
}
