import * as z from 'zod/mini';

/** The ports that the process of the engines sends once all of them are listening. */
export const engineAddressesSchema = z.object({ table: z.int(), others: z.int(), receiver: z.int() });
export type EngineAddresses = z.infer<typeof engineAddressesSchema>;

/** The messages that the process of the engines accepts. */
export const engineMessageSchema = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('requests') }),
  z.object({ ask: z.literal('https'), certificate: z.object({ key: z.string(), cert: z.string() }) }),
]);
export type EngineMessage = z.infer<typeof engineMessageSchema>;

/** Names of the AWS requests since the last message of this kind, as in `X-Amz-Target`. */
export const requestsSchema = z.object({ requests: z.array(z.string()) });
export const portSchema = z.object({ port: z.int() });
