import * as z from 'zod/mini';
import { bodyKindSchema, type BodyKind } from '../endpoint/endpoint';
import type { JsonObject } from '../json';
import { newTraceparent } from '../traceparent';

/** Events and deliveries are kept for this long. TTL deletes them with a delay, so reads check `expires_at`. */
export const deliveryDays = 90;

/** The run that fired an event. */
export const eventRunSchema = z.object({ id: z.int(), uid: z.string(), workflow_id: z.int() });
export type EventRun = z.infer<typeof eventRunSchema>;

/** The request that led to an event. It is not part of the body, which is for receivers, but serves to trace a call. */
export const originSchema = z.object({ request_id: z.string(), traceparent: z.optional(z.string()) });
export type Origin = z.infer<typeof originSchema>;

/**
 * An endpoint that an event goes to. Targets are decided once, with the event, so that a repeated step delivers to the
 * same endpoints.
 */
export const eventTargetSchema = z.object({ endpoint_id: z.string(), url: z.string(), body: bodyKindSchema });
export type EventTarget = z.infer<typeof eventTargetSchema>;

/** A fired event as stored: its targets and the exact text sent to them. It is written once and never changed. */
export const webhookEventSchema = z.object({
  id: z.string(),
  type: z.string(),
  at: z.string(),
  run: z.nullable(eventRunSchema),
  /** Absent if no request led to the event, or if it was stored by a release that did not record this. */
  origin: z.optional(originSchema),
  /** Index of the step that fired the event; null for tests and system events. */
  step_index: z.nullable(z.int()),
  targets: z.array(eventTargetSchema),
  /** The body for endpoints that take the envelope; absent if no target does. The same holds for `payload`. */
  envelope: z.optional(z.string()),
  payload: z.optional(z.string()),
  expires_at: z.string(),
});
export type WebhookEvent = z.infer<typeof webhookEventSchema>;

/** What happened, before the endpoints that receive it are known. */
export interface Occurrence {
  readonly id: string;
  readonly type: string;
  readonly run: EventRun | null;
  /** Absent if no request led to the event. */
  readonly origin?: Origin | undefined;
  readonly stepIndex: number | null;
  readonly data: JsonObject;
}

export function newEvent(occurrence: Occurrence, targets: readonly EventTarget[], now: Date): WebhookEvent {
  const { id, type, run, origin, stepIndex, data } = occurrence;
  const at = now.toISOString();
  const wants = (kind: BodyKind) => targets.some(({ body }) => body === kind);
  return {
    id,
    type,
    at,
    run,
    ...(origin && { origin }),
    step_index: stepIndex,
    targets: [...targets],
    ...(wants('envelope') && { envelope: JSON.stringify({ type, timestamp: at, data, ...(run && { run }) }) }),
    ...(wants('payload') && { payload: JSON.stringify(data) }),
    expires_at: new Date(now.getTime() + deliveryDays * 86_400_000).toISOString(),
  };
}

/** The trace that all attempts at the event's deliveries belong to, including redeliveries. */
export function traceOf({ id, origin }: WebhookEvent): string {
  return origin?.traceparent ?? newTraceparent(id);
}

/** The exact text to sign and send. */
export function bodyOf(event: WebhookEvent, kind: BodyKind): string {
  const text = event[kind];
  if (text === undefined) throw new Error(`Event ${event.id} was stored without its ${kind} body`);
  return text;
}
