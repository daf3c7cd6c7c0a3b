import * as z from 'zod/mini';
import { openHandler } from './open-handler';
import type { Subject } from './start-world';

const acceptedSchema = z.object({ statusCode: z.literal(202) });

/**
 * Loads a bundle into this process, to start a run with the event at each call.
 *
 * @returns a function that throws if the run is not accepted, because a refusal takes less time
 */
export function openTrigger(subject: Subject, event: unknown): () => Promise<void> {
  const handler = openHandler(subject);
  return async () => {
    acceptedSchema.parse(await handler(event));
  };
}
