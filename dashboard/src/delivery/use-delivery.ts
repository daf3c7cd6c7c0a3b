import type { DeliveryDetail } from '../api/routes';
import { useRead } from '../api/use-api';
import { isDueSoon } from './is-due-soon';

const pollMs = 1_000;

/** A delivery with its attempts, refreshed while the next attempt is near. */
export function useDelivery(id: string) {
  return useRead('GET webhook-deliveries/{id}', { id }, { poll });
}

function poll({ status, next_attempt_at: next }: DeliveryDetail): number | false {
  if (status !== 'pending') return false;
  return next === null || isDueSoon(next) ? pollMs : false;
}
