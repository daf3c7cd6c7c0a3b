import type { Answer } from '../e2e/stack';
import type { TenantCaller } from './callers';
import type { LocalRun } from './local-run';
import type { LoadOptions } from './options';
import { pause, timeoutMs } from './pause';

export interface Accepted {
  /** Numbers of the runs that were accepted with 202, by tenant. */
  readonly acceptedRuns: ReadonlyMap<string, ReadonlySet<number>>;
  /** Requests that ended without a response. */
  readonly unanswered: number;
}

/**
 * Sends all triggers concurrently and repeats each until it is accepted. Kills the product in between, as often as
 * asked.
 */
export async function acceptAll(
  localRun: LocalRun,
  callers: readonly TenantCaller[],
  options: LoadOptions,
  report: (line: string) => void,
): Promise<Accepted> {
  const acceptedRuns = new Map(callers.map(({ id }) => [id, new Set<number>()]));
  let [accepted, unanswered, killed] = [0, 0, 0];
  const triggerUntilAccepted = async (n: number) => {
    const caller = callers[n % callers.length]!;
    const key = options.withKeys ? `run ${n}` : undefined;
    for (const until = Date.now() + timeoutMs; Date.now() < until;) {
      await localRun.up;
      const response = await caller.trigger(key).catch(() => undefined);
      if (response === undefined) unanswered += 1;
      if (response?.status === 202) {
        acceptedRuns.get(caller.id)!.add(response.body.id);
        accepted += 1;
        if (killed < options.kills && accepted >= ((killed + 1) * options.runs) / (options.kills + 1)) {
          killed += 1;
          report(`${accepted} accepted: kill -9`);
          localRun.killAndStart();
        }
        return;
      }
      await pause(response === undefined ? 100 : waitBeforeRetry(response));
    }
    throw new Error(`Trigger ${n} was not accepted within ${timeoutMs / 1000} s`);
  };
  await Promise.all(Array.from({ length: options.runs }, (_, n) => triggerUntilAccepted(n)));
  await localRun.up;
  return { acceptedRuns, unanswered };
}

/**
 * How long to wait before the next attempt, from `Retry-After`. Any refusal that is not temporary is a defect and
 * throws.
 */
function waitBeforeRetry({ status, headers, body }: Answer): number {
  if (status !== 503 && body?.code !== 'idempotency_in_progress') throw new Error(`${status} ${JSON.stringify(body)}`);
  return Number(headers.get('retry-after') ?? 1) * 1000;
}
