import { openHandler } from './open-handler';
import type { Subject, World } from './start-world';

/** A baseline that asks AWS for less, or for more, than the function does would make a wrong ratio. */
export async function requireSameRequests(
  { engines }: World,
  what: string,
  subjects: readonly Subject[],
  nextEvent: () => Promise<unknown>,
): Promise<void> {
  const seen: string[] = [];
  for (const subject of subjects) {
    const handler = openHandler(subject);
    const event = await nextEvent();
    await engines.takeRequests();
    await handler(event);
    seen.push((await engines.takeRequests()).join(', '));
  }
  if (new Set(seen).size > 1) throw new Error(`${what} and its baseline send different requests:\n${seen.join('\n')}`);
}
