import * as z from 'zod/mini';
import type { JsonObject } from './json';
import { bodyKindSchema, type BodyKind } from './webhook-endpoint';

/** Events and deliveries are kept this long; TTL deletes them later, so reads judge `expires_at`. */
const deliveryDays = 90;

/** The run an event came from. */
export const eventRunSchema = z.object({ id: z.int(), uid: z.string(), workflow_id: z.int() });
export type EventRun = z.infer<typeof eventRunSchema>;

/** Where an event goes: decided once, with the event, so a repeated step delivers to the same endpoints. */
export const eventTargetSchema = z.object({ endpoint_id: z.string(), url: z.string(), body: bodyKindSchema });
export type EventTarget = z.infer<typeof eventTargetSchema>;

/** A fired event as stored: its targets and the exact text they are sent. Put once, never changed. */
export const webhookEventSchema = z.object({
  id: z.string(),
  type: z.string(),
  at: z.string(),
  run: z.nullable(eventRunSchema),
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
  readonly stepIndex: number | null;
  readonly data: JsonObject;
}

export function newEvent(occurrence: Occurrence, targets: readonly EventTarget[], now: Date): WebhookEvent {
  const { id, type, run, stepIndex, data } = occurrence;
  const at = now.toISOString();
  const wants = (kind: BodyKind) => targets.some(({ body }) => body === kind);
  return {
    id,
    type,
    at,
    run,
    step_index: stepIndex,
    targets: [...targets],
    ...(wants('envelope') && { envelope: JSON.stringify({ type, timestamp: at, data, ...(run && { run }) }) }),
    ...(wants('payload') && { payload: JSON.stringify(data) }),
    expires_at: new Date(now.getTime() + deliveryDays * 86_400_000).toISOString(),
  };
}

/** The exact text to sign and send. */
export function bodyOf(event: WebhookEvent, kind: BodyKind): string {
  const text = event[kind];
  if (text === undefined) throw new Error(`Event ${event.id} was stored without its ${kind} body`);
  return text;
}
