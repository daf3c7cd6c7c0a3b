import { setTimeout as sleep } from 'node:timers/promises';
import type { WatchedGroup } from './watch-group';

/** The time of each event in milliseconds of `performance.now()`. */
export interface FirstRun {
  readonly acceptedAtMs: number;
  readonly succeededAtMs: number;
  readonly dashboardAtMs: number;
}

const tooLongMs = 180_000;

/** Does what a newcomer does: sends the printed curl, waits for the run to end and opens the dashboard. */
export async function firstRun(npmStart: WatchedGroup): Promise<FirstRun> {
  const [, token = '', trigger = ''] = await until(() =>
    /Bearer (cwf_pat_\w+)".* (http:\S+)\n/.exec(npmStart.output()),
  );
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const accepted = await fetch(trigger, { method: 'POST', headers, body: '{"input":{"campaign":"Spring Promo"}}' });
  const acceptedAtMs = performance.now();
  if (accepted.status !== 202) throw new Error(`The printed curl got the status ${accepted.status}.`);
  const run = new URL(accepted.headers.get('location') ?? '', trigger);
  const ended = await (await fetch(`${run.href}?wait_seconds=20`, { headers })).text();
  if (!ended.includes('"status":"succeeded"')) throw new Error(`The run did not succeed: ${ended}`);
  const succeededAtMs = performance.now();
  await until(async () => ((await (await fetch(run.origin)).text()).includes('id="root"') ? true : null));
  return { acceptedAtMs, succeededAtMs, dashboardAtMs: performance.now() };
}

async function until<Found>(poll: () => Found | null | Promise<Found | null>): Promise<Found> {
  const endMs = performance.now() + tooLongMs;
  while (performance.now() < endMs) {
    const found = await poll();
    if (found !== null) return found;
    await sleep(20);
  }
  throw new Error('`npm start` was not ready after three minutes.');
}
