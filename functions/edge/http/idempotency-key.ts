import { invalidRequest } from '../../domain/errors';
import { keyInUse, readKeyHeader, type KeyInUse, type ReadKey } from '../../domain/idempotency';
import type { HttpRequest } from './request';

/** Says that an answer is what an earlier request with the same key made. */
export const replayedHeader = { 'idempotent-replayed': 'true' } as const;

export function idempotencyKeyOf({ headers }: HttpRequest): ReadKey {
  return readKeyHeader(headers['idempotency-key']);
}

/** @throws ProductError `invalid_request` for a header that is no key, or two */
export function requireReadableKey(request: HttpRequest): void {
  const { faults } = idempotencyKeyOf(request);
  if (faults.length > 0) throw invalidRequest(faults);
}

/**
 * The key of a request, which the chain has found readable, with the fingerprint of what is asked for.
 *
 * @param subject what the operation is done to, such as an endpoint's id; the body is added to it
 */
export function keyOf(request: HttpRequest, operation: string, subject: object = {}): KeyInUse | undefined {
  return keyInUse(idempotencyKeyOf(request).key, operation, { ...subject, body: request.body });
}
