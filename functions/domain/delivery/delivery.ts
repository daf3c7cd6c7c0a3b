import * as z from 'zod/mini';
import { addSeconds } from '../day';
import { bodyKindSchema } from '../endpoint/endpoint';
import { attemptLeaseSeconds, messageGraceSeconds, messageMarginSeconds } from '../timetable';
import type { EventTarget, WebhookEvent } from './event';
import { deliveryIdOf } from './ids';

/**
 * `pending` until an attempt succeeds or none is left. `blocked` means that the guard refused the target; no retry
 * would change that.
 */
export const deliveryStatusSchema = z.enum(['pending', 'delivered', 'failed', 'blocked']);
export type DeliveryStatus = z.infer<typeof deliveryStatusSchema>;

/**
 * Why an attempt failed, for programs. `connect` includes connections that broke before the status was known;
 * `response_too_large` is about the headers, and in earlier releases also about the body; `bad_answer` is not HTTP;
 * `unrecorded`: the process ended before it recorded the result, and the request may have arrived. */
const attemptErrorClassSchema = z.enum([
  'dns',
  'blocked_address',
  'connect',
  'tls',
  'timeout',
  'http_status',
  'response_too_large',
  'bad_answer',
  'unrecorded',
]);

export const attemptErrorSchema = z.object({
  class: attemptErrorClassSchema,
  /** The rule of the guard that refused the target; null for all other classes. */
  rule: z.nullable(z.string()),
  detail: z.string(),
});
export type AttemptError = z.infer<typeof attemptErrorSchema>;

/**
 * What caused an attempt: the event and its schedule, a test call, or a person's redelivery. Only `event` is retried.
 */
export const attemptTriggerSchema = z.enum(['event', 'test', 'replay']);
export type AttemptTrigger = z.infer<typeof attemptTriggerSchema>;

/** One attempt. Each is logged, whatever its outcome. */
export const attemptSchema = z.object({
  number: z.int(),
  trigger: attemptTriggerSchema,
  at: z.string(),
  duration_ms: z.int(),
  url: z.string(),
  /**
   * The headers as signed for this attempt; the value of a custom header is null. They were sent unless the error occurred
   * before the request.
   */
  request_headers: z.record(z.string(), z.nullable(z.string())),
  /** The address that was connected to; null if there was no connection. */
  address: z.nullable(z.string()),
  response_status: z.nullable(z.int()),
  /** The first 4 KB of the response, as text. */
  response_excerpt: z.nullable(z.string()),
  error: z.nullable(attemptErrorSchema),
});
export type Attempt = z.infer<typeof attemptSchema>;

/** Why a delivery ended without being delivered. */
export const endedReasonSchema = z.enum([
  'attempts_exhausted',
  'receiver_gone',
  'url_refused',
  'endpoint_disabled',
  'endpoint_deleted',
]);
export type EndedReason = z.infer<typeof endedReasonSchema>;

/** One event on its way to one endpoint. The row is small, because the body is stored with the event. */
export const deliverySchema = z.object({
  id: z.string(),
  event: z.string(),
  run_id: z.nullable(z.int()),
  run_uid: z.nullable(z.string()),
  step_index: z.nullable(z.int()),
  endpoint_id: z.string(),
  /** The endpoint's URL at the last attempt, or at creation. */
  url: z.string(),
  body: bodyKindSchema,
  status: deliveryStatusSchema,
  ended_reason: z.nullable(endedReasonSchema),
  /** The number of attempts made so far. It is also the fencing token of queue messages. */
  attempts_made: z.int(),
  /** Why the next attempt is made, or, once the delivery has ended, why the last one was. */
  trigger: attemptTriggerSchema,
  next_attempt_at: z.nullable(z.string()),
  created_at: z.string(),
  expires_at: z.string(),
  /**
   * The last 20 attempts. The row itself has only a first attempt that succeeded, if it is small; all others are rows of
   * their own. Rows of earlier releases have all.
   */
  attempts: z.array(attemptSchema),
  /**
   * Set while the next attempt waits for its turn, because more is sent to the endpoint or to its host than may be sent at
   * once. Equal to `next_attempt_at` then.
   */
  waiting_until: z.optional(z.string()),
  /** Set while an attempt is in progress; no other process makes one until this time. */
  lease_until: z.optional(z.string()),
});
export type Delivery = z.infer<typeof deliverySchema>;

/** A delivery as lists contain it, without its attempts. */
export const deliverySummarySchema = z.omit(deliverySchema, { attempts: true, lease_until: true });
export type DeliverySummary = z.infer<typeof deliverySummarySchema>;

/** More than the retry schedule makes, so that there is room for redeliveries. */
export const keptAttempts = 20;

export function newDelivery(event: WebhookEvent, target: EventTarget, trigger: AttemptTrigger, now: Date): Delivery {
  return {
    id: deliveryIdOf(event.id, target.endpoint_id),
    event: event.type,
    run_id: event.run?.id ?? null,
    run_uid: event.run?.uid ?? null,
    step_index: event.step_index,
    endpoint_id: target.endpoint_id,
    url: target.url,
    body: target.body,
    status: 'pending',
    ended_reason: null,
    attempts_made: 0,
    trigger,
    next_attempt_at: now.toISOString(),
    created_at: now.toISOString(),
    expires_at: event.expires_at,
    attempts: [],
  };
}

/** An attempt whose process ended before it recorded the result, as its lease tells. */
export function unrecordedAttempt(delivery: Delivery, leaseUntil: string): Attempt {
  return {
    number: delivery.attempts_made + 1,
    trigger: delivery.trigger,
    at: addSeconds(new Date(leaseUntil), -attemptLeaseSeconds).toISOString(),
    duration_ms: 0,
    url: delivery.url,
    request_headers: {},
    address: null,
    response_status: null,
    response_excerpt: null,
    error: {
      class: 'unrecorded',
      rule: null,
      detail: 'This attempt began, and its result was never recorded. The request may have arrived; it is made again.',
    },
  };
}

/**
 * When recovery queues a delivery again whose message is in the queue.
 *
 * @param dueAt the time in the row, which is kept if it is late enough, because moving it costs two index writes
 */
export function messageDueAt(nextAttemptAt: Date, dueAt?: string): string {
  const earliest = addSeconds(nextAttemptAt, messageMarginSeconds).toISOString();
  if (dueAt !== undefined && dueAt >= earliest) return dueAt;
  return addSeconds(nextAttemptAt, messageGraceSeconds).toISOString();
}
