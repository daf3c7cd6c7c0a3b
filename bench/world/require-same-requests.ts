import { openHandler } from './open-handler';
import type { Subject, World } from './start-world';

/**
 * Calls each subject once and compares the AWS requests that it sends, because the ratio to a baseline is meaningless
 * unless both send the same ones.
 *
 * @throws Error if the requests differ
 */
export async function requireSameRequests(
  { engines }: World,
  what: string,
  subjects: readonly Subject[],
  nextEvent: () => Promise<unknown>,
): Promise<void> {
  const requestsOf: string[] = [];
  for (const subject of subjects) {
    const handler = openHandler(subject);
    const event = await nextEvent();
    await engines.takeRequests();
    await handler(event);
    requestsOf.push((await engines.takeRequests()).join(', '));
  }
  if (new Set(requestsOf).size === 1) return;
  throw new Error(`${what} and its baseline send different requests:\n${requestsOf.join('\n')}`);
}
