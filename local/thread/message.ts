import * as z from 'zod/mini';

/** What the main thread asks. The number leads the reply to whoever asked. */
export const questionSchema = z.object({ id: z.int(), question: z.unknown() });
export type Question = z.infer<typeof questionSchema>;

/** `problem` is the message of a `LocalProblem`, which people can solve; `error` is that of a defect, with its stack. */
export const replySchema = z.object({
  id: z.int(),
  answer: z.optional(z.unknown()),
  problem: z.optional(z.string()),
  error: z.optional(z.string()),
});
export type Reply = z.infer<typeof replySchema>;
