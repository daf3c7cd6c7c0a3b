import * as z from 'zod/mini';
import type { StackResource } from '../template/stack';

const propertiesSchema = z.object({
  Handler: z.string(),
  Timeout: z._default(z.number(), 3),
  MemorySize: z._default(z.number(), 128),
  ReservedConcurrentExecutions: z.optional(z.number()),
  Environment: z._default(z.object({ Variables: z._default(z.record(z.string(), z.string()), {}) }), { Variables: {} }),
});

/** `lib/product-function.ts` puts the bundle's path, relative to the project, into the metadata. */
const metadataSchema = z.object({ entry: z.string() });

export const functionResourceSchema = z.object({
  name: z.string(),
  arn: z.string(),
  entry: z.string(),
  /** Name under which the bundle exports the handler. */
  exportName: z.string(),
  timeoutSeconds: z.number(),
  memoryMb: z.number(),
  /** Undefined if the number of concurrent calls is not limited. */
  reservedConcurrency: z.optional(z.number()),
  environment: z.record(z.string(), z.string()),
});
export type FunctionResource = z.infer<typeof functionResourceSchema>;

/** @returns undefined for a function that is not part of the product, such as those that the CDK runs at deployment */
export function readFunction({ ref, attributes, read, metadata }: StackResource): FunctionResource | undefined {
  const { data } = metadataSchema.safeParse(metadata);
  if (!data) return undefined;
  const { Handler, Timeout, MemorySize, ReservedConcurrentExecutions, Environment } = read(propertiesSchema);
  return {
    name: ref,
    arn: attributes['Arn'] ?? ref,
    entry: data.entry,
    exportName: Handler.slice(Handler.lastIndexOf('.') + 1),
    timeoutSeconds: Timeout,
    memoryMb: MemorySize,
    reservedConcurrency: ReservedConcurrentExecutions,
    environment: Environment.Variables,
  };
}
