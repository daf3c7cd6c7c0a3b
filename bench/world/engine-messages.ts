import * as z from 'zod/mini';

/** Ports, told once by the engines' process when all of them listen. */
export const engineAddressesSchema = z.object({ table: z.int(), others: z.int(), receiver: z.int() });
export type EngineAddresses = z.infer<typeof engineAddressesSchema>;

/** What that process may be asked. */
export const engineMessageSchema = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('requests') }),
  z.object({ ask: z.literal('https'), certificate: z.object({ key: z.string(), cert: z.string() }) }),
]);
export type EngineMessage = z.infer<typeof engineMessageSchema>;

/** Names of the AWS calls since the last time of asking, as in `X-Amz-Target`. */
export const requestsSchema = z.object({ requests: z.array(z.string()) });
export const portSchema = z.object({ port: z.int() });
