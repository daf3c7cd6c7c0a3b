import { acceptAll, nothingAccepted } from './accept-all';
import { createCaller, type TenantCaller } from './callers';
import { actBeside, nothingBeside, readAtLast } from './history/act-beside';
import { startHistory } from './history/record';
import { inspect } from './inspect';
import { startLocalRun, type LocalRun } from './local-run';
import type { LoadOptions } from './options';
import { timeoutMs, pause, secondsSince } from './pause';

export interface LoadFigures {
  readonly accepted: number;
  readonly accepted_seconds: number;
  /** Until 99 of 100 were accepted, restarts included. */
  readonly nearly_all_accepted_seconds: number;
  /** Of those 99 of 100. */
  readonly accepted_per_second: number;
  /** From the first trigger until every run had ended, restarts included. */
  readonly all_ended_seconds: number;
  readonly kills: number;
  readonly restart_seconds: readonly number[];
  /** Requests that ended without a response. */
  readonly unanswered: number;
  readonly rows: number;
  readonly counted: number;
  readonly by_status: Readonly<Record<string, number>>;
  readonly resumed_by_recovery: number;
  readonly deliveries: number;
  /** A sentence for each violated invariant. */
  readonly violations: readonly string[];
}

const tenants = ['load-1', 'load-2', 'load-3', 'load-4'];

/**
 * Triggers runs concurrently, kills the product and starts it again in between, and checks whether anything was lost.
 */
export async function load(options: LoadOptions): Promise<LoadFigures> {
  const report = options.report ?? (() => undefined);
  const history = options.history ?? startHistory();
  const localRun = await startLocalRun();
  try {
    const callers = await Promise.all(tenants.map((id) => createCaller(localRun, id, history)));
    report('four tenants are ready');
    const began = Date.now();
    const accepted = nothingAccepted(callers);
    let over = false;
    let acceptedSeconds = 0;
    const accepting = acceptAll(localRun, callers, options, accepted).finally(() => {
      acceptedSeconds = secondsSince(began);
      over = true;
    });
    const besides =
      options.history === undefined ? nothingBeside(callers) : actBeside(localRun, callers, accepted, () => over);
    const [doneBeside] = await Promise.all([besides, accepting]);
    report(`${options.runs} runs accepted`);
    await untilNothingIsOpen(localRun, callers);
    const endedSeconds = secondsSince(began);
    const nearlyAllSeconds = (accepted.nearlyAllAtMs - began) / 1000;
    report('every run has ended');
    if (options.history !== undefined) await readAtLast(callers);
    const after = await inspect(localRun, callers, { ...accepted, ...options, ...doneBeside });
    return {
      accepted: options.runs,
      accepted_seconds: acceptedSeconds,
      nearly_all_accepted_seconds: Math.round(nearlyAllSeconds * 10) / 10,
      accepted_per_second: Math.round((options.runs * 0.99) / nearlyAllSeconds),
      all_ended_seconds: endedSeconds,
      kills: options.kills,
      restart_seconds: localRun.restartSeconds,
      unanswered: accepted.unanswered,
      ...after,
    };
  } finally {
    await localRun.stack.stop();
  }
}

async function untilNothingIsOpen({ stack }: LocalRun, callers: readonly TenantCaller[]): Promise<void> {
  const open = ['workflow-runs?status=queued', 'workflow-runs?status=running', 'webhook-deliveries?status=pending'];
  for (const until = Date.now() + timeoutMs; Date.now() < until;) {
    const lists = await Promise.all(
      callers.flatMap(({ token }) => open.map((list) => stack.call('GET', `/api/v1/${list}&limit=1`, { token }))),
    );
    if (lists.every(({ body }) => body.data.length === 0 && body.has_more === false)) return;
    await pause(500);
  }
  throw new Error(`A run or delivery was still open after ${timeoutMs / 1000} s`);
}
