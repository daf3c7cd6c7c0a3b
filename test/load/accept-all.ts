import type { Answer } from '../e2e/stack';
import type { Crowd } from './callers';
import type { Place } from './local-run';
import type { Load } from './options';
import { patienceMs, pause } from './pause';

export interface Accepted {
  /** Run numbers callers were told of, by tenant. */
  readonly told: ReadonlyMap<string, ReadonlySet<number>>;
  readonly unheard: number;
}

/** Every caller at once, each until it is told 202. */
export async function acceptAll(
  place: Place,
  callers: readonly Crowd[],
  asked: Load,
  tell: (line: string) => void,
): Promise<Accepted> {
  const told = new Map(callers.map(({ id }) => [id, new Set<number>()]));
  let [accepted, unheard, killed] = [0, 0, 0];
  const one = async (n: number) => {
    const caller = callers[n % callers.length]!;
    const key = asked.withKeys ? `run ${n}` : undefined;
    for (const until = Date.now() + patienceMs; Date.now() < until;) {
      await place.up;
      const answer = await caller.trigger(key).catch(() => undefined);
      if (answer === undefined) unheard += 1;
      if (answer?.status === 202) {
        told.get(caller.id)!.add(answer.body.id);
        accepted += 1;
        if (killed < asked.kills && accepted >= ((killed + 1) * asked.runs) / (asked.kills + 1)) {
          killed += 1;
          tell(`${accepted} accepted: kill -9`);
          place.killAndStart();
        }
        return;
      }
      await pause(answer === undefined ? 100 : waitOf(answer));
    }
    throw new Error(`Trigger ${n} was never accepted`);
  };
  await Promise.all(Array.from({ length: asked.runs }, (_, n) => one(n)));
  await place.up;
  return { told, unheard };
}

/** A caller that waits as it is told to; what is no refusal for a while is a defect. */
function waitOf({ status, headers, body }: Answer): number {
  if (status !== 503 && body?.code !== 'idempotency_in_progress') throw new Error(`${status} ${JSON.stringify(body)}`);
  return Number(headers.get('retry-after') ?? 1) * 1000;
}
