import * as z from 'zod/mini';

const headersSchema = z.record(z.string(), z.string());

/** A request in the SDK's protocol, as one thread posts it to another. */
export const wireRequestSchema = z.object({ id: z.int(), headers: headersSchema, body: z.string() });
export type WireRequest = z.infer<typeof wireRequestSchema>;

export const wireAnswerSchema = z.object({
  id: z.int(),
  statusCode: z.int(),
  headers: headersSchema,
  body: z.string(),
});
export type WireAnswer = z.infer<typeof wireAnswerSchema>;
