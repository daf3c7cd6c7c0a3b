import type { Answer } from '../e2e/stack';
import type { TenantCaller } from './callers';
import type { LocalRun } from './local-run';
import type { LoadOptions } from './options';
import { pause, timeoutMs } from './pause';

export interface Accepted {
  /** Numbers of the runs that were accepted with 202, by tenant. */
  readonly acceptedRuns: ReadonlyMap<string, Set<number>>;
  /** Requests that ended without a response. */
  unanswered: number;
  /** When 99 of 100 were accepted. The rest may wait for the key of a request that was killed. */
  nearlyAllAtMs: number;
}

export function nothingAccepted(callers: readonly TenantCaller[]): Accepted {
  return { acceptedRuns: new Map(callers.map(({ id }) => [id, new Set<number>()])), unanswered: 0, nearlyAllAtMs: 0 };
}

/**
 * Sends all triggers concurrently and repeats each until it is accepted. Kills the product in between, as often as
 * asked.
 */
export async function acceptAll(
  localRun: LocalRun,
  callers: readonly TenantCaller[],
  options: LoadOptions,
  accepted: Accepted,
): Promise<void> {
  let [count, killed] = [0, 0];
  const trigger = async (n: number) => {
    const caller = callers[n % callers.length]!;
    const key = options.withKeys ? `run ${n}` : undefined;
    await untilAccepted(localRun, caller.id, accepted, () => caller.trigger(`trigger ${n}`, key));
    count += 1;
    if (count === Math.ceil(options.runs * 0.99)) accepted.nearlyAllAtMs = Date.now();
    if (killed < options.kills && count >= ((killed + 1) * options.runs) / (options.kills + 1)) {
      killed += 1;
      options.report?.(`${count} accepted: kill -9`);
      localRun.killAndStart();
    }
  };
  await Promise.all(Array.from({ length: options.runs }, (_, n) => trigger(n)));
  await localRun.up;
}

/** Repeats the start of a run until it is accepted. */
export async function untilAccepted(
  localRun: LocalRun,
  tenantId: string,
  accepted: Accepted,
  start: () => Promise<Answer>,
): Promise<void> {
  for (const until = Date.now() + timeoutMs; Date.now() < until;) {
    await localRun.up;
    const response = await start().catch(() => undefined);
    if (response === undefined) accepted.unanswered += 1;
    if (response?.status === 202) {
      accepted.acceptedRuns.get(tenantId)!.add(response.body.id);
      return;
    }
    await pause(response === undefined ? 100 : waitBeforeRetry(response));
  }
  throw new Error(`A run of ${tenantId} was not accepted within ${timeoutMs / 1000} s`);
}

/**
 * How long to wait before the next attempt, from `Retry-After`. Any refusal that is not temporary is a defect and
 * throws.
 */
function waitBeforeRetry({ status, headers, body }: Answer): number {
  if (status !== 503 && body?.code !== 'idempotency_in_progress') throw new Error(`${status} ${JSON.stringify(body)}`);
  return Number(headers.get('retry-after') ?? 1) * 1000;
}
