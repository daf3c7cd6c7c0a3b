import { idlePace } from '../api/pace';
import type { DeliveryDetail } from '../api/routes';
import { useRead } from '../api/use-api';
import { pollAttempt } from './poll-attempt';

/** A delivery with its attempts, read again quickly while the next attempt is near. */
export function useDelivery(id: string) {
  return useRead('GET webhook-deliveries/{id}', { id }, { poll });
}

function poll({ status, next_attempt_at: next }: DeliveryDetail): number {
  return status === 'pending' ? pollAttempt(next) : idlePace();
}
