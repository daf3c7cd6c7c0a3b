import { ProductError, type ErrorCode } from '../../domain/errors';
import { capReachedTitle } from '../../domain/tenant/daily-cap';
import { dailyCapHeaders } from './daily-cap-headers';
import { rateHeaders } from './rate-headers';
import type { HttpReply } from './request';
import { MethodNotAllowed } from './route';

/** Status and title of every error code. A new code does not compile until it is listed here. */
export const problems: Readonly<Record<ErrorCode, { readonly status: number; readonly title: string }>> = {
  malformed_json: { status: 400, title: 'Malformed JSON' },
  invalid_number: { status: 400, title: 'Invalid number' },
  unauthenticated: { status: 401, title: 'Not authenticated' },
  plan_required: { status: 403, title: 'Plan required' },
  insufficient_scope: { status: 403, title: 'Insufficient scope' },
  permission_required: { status: 403, title: 'Permission required' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  workflow_inactive: { status: 409, title: 'Workflow is not active' },
  run_not_cancellable: { status: 409, title: 'Run cannot be cancelled' },
  idempotency_in_progress: { status: 409, title: 'Request in progress' },
  endpoint_limit_reached: { status: 409, title: 'Webhook endpoint limit reached' },
  tool_name_taken: { status: 409, title: 'Tool name taken' },
  limit_reached: { status: 409, title: 'Limit reached' },
  delivery_not_redeliverable: { status: 409, title: 'Delivery cannot be redelivered' },
  version_conflict: { status: 412, title: 'Version conflict' },
  payload_too_large: { status: 413, title: 'Payload too large' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type' },
  wrong_address: { status: 421, title: 'Wrong address' },
  invalid_request: { status: 422, title: 'Invalid request' },
  invalid_recipe: { status: 422, title: 'Invalid recipe' },
  recipe_too_large: { status: 422, title: 'Recipe too large' },
  step_type_not_allowed: { status: 422, title: 'Step type not allowed' },
  endpoint_url_not_allowed: { status: 422, title: 'Endpoint URL not allowed' },
  idempotency_key_reused: { status: 422, title: 'Idempotency key reused' },
  daily_cap_reached: { status: 429, title: capReachedTitle },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Internal error' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
};

/**
 * A problem as RFC 9457 defines it (`application/problem+json`). `type` links to the reference page.
 *
 * @param origin the product's own address, without a trailing slash
 */
export function problemReply(error: ProductError, requestId: string, now: Date, origin: string): HttpReply {
  const { status, title } = problems[error.code];
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      ...(error.code === 'unauthenticated' && { 'www-authenticate': 'Bearer' }),
      ...(error.retryAfterSeconds !== undefined && { 'retry-after': String(error.retryAfterSeconds) }),
      ...(error.dailyCap !== undefined && dailyCapHeaders(error.dailyCap, now)),
      ...(error.rate !== undefined && rateHeaders(error.rate, now)),
      ...(error instanceof MethodNotAllowed && { allow: error.allowed.join(', ') }),
    },
    body: {
      type: `${origin}/api/v1/reference#${error.code}`,
      title,
      status,
      detail: error.message,
      code: error.code,
      request_id: requestId,
      errors: error.faults,
      ...(error.dailyCap !== undefined && { resets_at: error.dailyCap.resetsAt.toISOString() }),
    },
  };
}

/** Turns any thrown value into a refusal. Errors that the caller did not cause reveal nothing about their cause. */
export function asProductError(error: unknown): ProductError {
  if (error instanceof ProductError) return error;
  // The AWS SDK sets `$metadata` on its errors. They arrive here after its own retries.
  if (error instanceof Error && '$metadata' in error) {
    return new ProductError('unavailable', 'The service could not answer just now; try again.', {
      retryAfterSeconds: 2,
      cause: error,
    });
  }
  return new ProductError('internal', 'Something went wrong on our side; the request id identifies it.', {
    cause: error,
  });
}
