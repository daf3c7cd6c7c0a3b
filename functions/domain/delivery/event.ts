import * as z from 'zod/mini';
import { bodyKindSchema, type BodyKind } from '../endpoint/endpoint';
import type { JsonObject } from '../json';
import { newTraceparent } from '../traceparent';

/** Events and deliveries are kept this long; TTL deletes them later, so reads judge `expires_at`. */
export const deliveryDays = 90;

/** The run an event came from. */
export const eventRunSchema = z.object({ id: z.int(), uid: z.string(), workflow_id: z.int() });
export type EventRun = z.infer<typeof eventRunSchema>;

/** The request an event goes back to. Not in its body: that is for receivers, this for whoever follows a call. */
export const originSchema = z.object({ request_id: z.string(), traceparent: z.optional(z.string()) });
export type Origin = z.infer<typeof originSchema>;

/** Where an event goes: decided once, with the event, so a repeated step delivers to the same endpoints. */
export const eventTargetSchema = z.object({ endpoint_id: z.string(), url: z.string(), body: bodyKindSchema });
export type EventTarget = z.infer<typeof eventTargetSchema>;

/** A fired event as stored: its targets and the exact text they are sent. Put once, never changed. */
export const webhookEventSchema = z.object({
  id: z.string(),
  type: z.string(),
  at: z.string(),
  run: z.nullable(eventRunSchema),
  /** Absent: no request led to it, or it was stored before this was kept. */
  origin: z.optional(originSchema),
  /** Step that fired it; null for tests and system events. */
  step_index: z.nullable(z.int()),
  targets: z.array(eventTargetSchema),
  /** Body for endpoints that take the envelope; absent when none does, so is `payload`. */
  envelope: z.optional(z.string()),
  payload: z.optional(z.string()),
  expires_at: z.string(),
});
export type WebhookEvent = z.infer<typeof webhookEventSchema>;

/** What happened, before it is known who hears of it. */
export interface Occurrence {
  readonly id: string;
  readonly type: string;
  readonly run: EventRun | null;
  /** Absent where no request led to it. */
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

/** The trace that every attempt at an event's deliveries belongs to, replays included. */
export function traceOf({ id, origin }: WebhookEvent): string {
  return origin?.traceparent ?? newTraceparent(id);
}

/** The exact text to sign and send. */
export function bodyOf(event: WebhookEvent, kind: BodyKind): string {
  const text = event[kind];
  if (text === undefined) throw new Error(`Event ${event.id} was stored without its ${kind} body`);
  return text;
}
