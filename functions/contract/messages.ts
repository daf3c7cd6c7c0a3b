import * as z from 'zod/mini';

/**
 * Body of a message in the delivery queue. `attempts` is the number of attempts made when the message was sent. SQS may
 * deliver a message twice, and a message whose delivery has had more attempts since then is dropped as a duplicate.
 */
export const deliveryMessageSchema = z.object({
  tenant_id: z.string(),
  delivery_id: z.string(),
  attempts: z.int(),
  /**
   * Where the attempt goes, and the rate of its endpoint, as the sender of the message has just read them. With it the
   * worker asks for the attempt's turn while it still reads the endpoint, and asks again if the endpoint is another by then.
   */
  pace: z.optional(z.object({ host: z.string(), per_second: z.int() })),
});

export type DeliveryMessage = z.infer<typeof deliveryMessageSchema>;

/** The fields that we read of EventBridge's event "Step Functions Execution Status Change". */
export const statusChangeSchema = z.object({
  'detail-type': z.literal('Step Functions Execution Status Change'),
  detail: z.object({ status: z.string(), input: z.string() }),
});

/**
 * Input of `recover-runs` when it is called by the schedule. The local run calls it at start with `everything_is_due`,
 * which treats all open items as overdue: its engines keep executions and messages in memory, so a stop loses them.
 */
export const recoverEventSchema = z.object({
  everything_is_due: z.optional(z.boolean()),
});
