import * as z from 'zod/mini';

/** The error that Lambda returns for a failed call. State machines match on `errorType`, the name of the error. */
const functionErrorSchema = z.object({ errorType: z.string(), errorMessage: z.string(), trace: z.array(z.string()) });
export type FunctionError = z.infer<typeof functionErrorSchema>;

export const invocationResultSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), payload: z.unknown() }),
  z.object({ ok: z.literal(false), error: functionErrorSchema }),
]);
export type InvocationResult = z.infer<typeof invocationResultSchema>;

/** Calls a function. The promise never rejects: a failure of the function is a result. */
export type InvokeFunction = (event: unknown) => Promise<InvocationResult>;
