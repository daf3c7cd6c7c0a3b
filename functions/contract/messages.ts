import * as z from 'zod/mini';

/** Body of a delivery queue message. `attempts` fences duplicates: a message for attempt n of a delivery past it is dropped. */
export const deliveryMessageSchema = z.object({
  tenant_id: z.string(),
  delivery_id: z.string(),
  attempts: z.int(),
});

export type DeliveryMessage = z.infer<typeof deliveryMessageSchema>;

/** The part read of EventBridge's "Step Functions Execution Status Change". */
export const statusChangeSchema = z.object({
  'detail-type': z.literal('Step Functions Execution Status Change'),
  detail: z.object({ status: z.string(), input: z.string() }),
});

/**
 * Input of `recover-runs` by schedule, or by the local run at start: `everything_is_due` treats all
 * open items as overdue, because the local engines keep executions and messages in memory.
 */
export const recoverEventSchema = z.object({
  everything_is_due: z.optional(z.boolean()),
});
