import * as z from 'zod/mini';
import type { StackResource } from '../template/stack';

const propertiesSchema = z.object({
  Handler: z.string(),
  Timeout: z._default(z.number(), 3),
  MemorySize: z._default(z.number(), 128),
  ReservedConcurrentExecutions: z.optional(z.number()),
  Environment: z._default(z.object({ Variables: z._default(z.record(z.string(), z.string()), {}) }), { Variables: {} }),
});

/** `lib/product-function.ts` notes the bundle's path, relative to the project. */
const metadataSchema = z.object({ entry: z.string() });

export interface FunctionResource {
  readonly name: string;
  readonly arn: string;
  readonly entry: string;
  /** The name the bundle exports the handler under. */
  readonly exportName: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** Undefined: as many at once as come. */
  readonly reservedConcurrency: number | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

/** @returns undefined for a function that is none of the product's, such as the CDK's own helpers at deployment */
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
