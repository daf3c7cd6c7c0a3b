import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack } from './attacks/attack';
import type { LoadResult } from './load/plan';
import { startLoad } from './load/start-load';
import type { QuietCalls, QuietTenant } from './quiet-tenant';
import type { AbusedStack } from './stack/start-stack';

/** Seconds of quiet calls without the attack, and beside it, in each round. */
const seconds = 1.5;
/** The two are measured in turn, so that a slow minute of the machine touches both. */
const rounds = 3;

/**
 * The stack is idle if it uses less than a fifth of a processor for this long. It is waited for at most as often: two
 * minutes, in which 2,500 deliveries are sent at 50 a second.
 */
const [idleCheckMs, idleWaits] = [500, 240];

/** What was measured while an attack was played. */
export interface Played {
  readonly alone: readonly QuietCalls[];
  readonly beside: readonly QuietCalls[];
  readonly loads: readonly LoadResult[];
  /** The share of one processor that the stack used during the attack. */
  readonly busy: number;
}

export async function playAttack(stack: AbusedStack, quiet: QuietTenant, attack: Attack): Promise<Played> {
  const [alone, beside, loads]: [QuietCalls[], QuietCalls[], LoadResult[]] = [[], [], []];
  let [cpuMs, wallMs] = [0, 0];
  let prepared = await attack.prepare(stack);
  for (let round = 0; round < rounds; round += 1) {
    if (round > 0 && attack.preparedOnce !== true) prepared = await attack.prepare(stack);
    alone.push(await quiet.callFor(seconds));
    const [cpuBefore, beganMs] = [await stack.cpuMs(), performance.now()];
    const load = startLoad({
      origin: stack.connection.api_url,
      issuer: await issuerOf(stack),
      connections: attack.connections,
      requests: [...prepared.requests],
      ...(prepared.most !== undefined && { most: prepared.most }),
    });
    beside.push(await quiet.callFor(seconds));
    cpuMs += (await stack.cpuMs()) - cpuBefore;
    wallMs += performance.now() - beganMs;
    loads.push(await load.stop());
    await prepared.after?.();
    await untilIdle(stack);
  }
  return { alone, beside, loads, busy: cpuMs / wallMs };
}

/** Waits until the stack has worked off what the attack left, for a while: what it left is not part of the next round. */
async function untilIdle(stack: AbusedStack): Promise<void> {
  for (let waited = 0; waited < idleWaits; waited += 1) {
    const before = await stack.cpuMs();
    await sleep(idleCheckMs);
    if ((await stack.cpuMs()) - before < idleCheckMs * 0.2) return;
  }
}

async function issuerOf({ connection }: AbusedStack): Promise<string> {
  const config: unknown = await (await fetch(`${connection.api_url}/config.json`)).json();
  return typeof config === 'object' && config !== null && 'issuer' in config ? String(config.issuer) : '';
}
