import * as z from 'zod/mini';
import { pick } from '../pick';
import { withoutValues } from '../endpoint/custom-headers';
import { withoutQuery } from '../endpoint/url-query';
import { attemptSchema, deliverySchema, type Attempt, type Delivery, type DeliverySummary } from './delivery';
import { bodyOf, type WebhookEvent } from './event';
import { attemptOutlineSchema } from './outline';
import { verifyCommand } from './verify-command';

/** A delivery as lists show it, without its attempts. */
export const deliveryViewSchema = z.extend(
  z.pick(deliverySchema, {
    id: true,
    event: true,
    run_id: true,
    step_index: true,
    endpoint_id: true,
    url: true,
    status: true,
    ended_reason: true,
    attempts_made: true,
    next_attempt_at: true,
    created_at: true,
  }),
  {
    /** The turn of the next attempt, while it waits because more is sent to its endpoint or host than may be sent at once. */
    waiting_until: z.nullable(z.string()),
  },
);
export type DeliveryView = z.infer<typeof deliveryViewSchema>;

/** A delivery as lists show it if they are asked for attempts. */
export const listedDeliveryViewSchema = z.extend(deliveryViewSchema, {
  attempts: z.optional(z.nullable(z.array(attemptOutlineSchema))),
});
export type ListedDeliveryView = z.infer<typeof listedDeliveryViewSchema>;

export const deliveryDetailViewSchema = z.extend(deliveryViewSchema, {
  /**
   * The exact body, which is the same on every attempt, and the headers of the last attempt; each attempt has its own.
   */
  request: z.object({ headers: z.record(z.string(), z.nullable(z.string())), body: z.string() }),
  attempts: z.array(attemptSchema),
  /** A shell command that verifies the signature of the last attempt; null before the first attempt. */
  verify_command: z.nullable(z.string()),
});
export type DeliveryDetailView = z.infer<typeof deliveryDetailViewSchema>;

/** @param mayChange whether the reader may change endpoints; whoever may not does not see the query of the URL */
export function viewDelivery(delivery: DeliverySummary, mayChange: boolean): DeliveryView {
  const url = mayChange ? delivery.url : withoutQuery(delivery.url);
  return pick(deliveryViewSchema, { ...delivery, url, waiting_until: delivery.waiting_until ?? null });
}

export function viewDeliveryDetail(delivery: Delivery, event: WebhookEvent, mayChange: boolean): DeliveryDetailView {
  const body = bodyOf(event, delivery.body);
  const attempts = delivery.attempts.map((attempt) => viewAttempt(attempt, mayChange));
  const headers = attempts.findLast(({ error }) => error?.class !== 'unrecorded')?.request_headers;
  return {
    ...viewDelivery(delivery, mayChange),
    request: { headers: headers ?? {}, body },
    attempts,
    verify_command: headers === undefined ? null : verifyCommand(headers, body),
  };
}

/** Attempts of earlier releases contain the values of custom headers. */
function viewAttempt(attempt: Attempt, mayChange: boolean): Attempt {
  return {
    ...attempt,
    url: mayChange ? attempt.url : withoutQuery(attempt.url),
    request_headers: withoutValues(attempt.request_headers),
  };
}
