import { notFound } from '../errors';
import { isTerminal } from '../run-status';
import { type Run } from './run';

/** The longest wait in seconds that a caller may ask for. The functions that offer it time out after 28 s. */
export const maxWaitSeconds = 20;

const pollMs = 400;

export interface WaitDeps<R extends Run> {
  readonly runs: { get(tenantId: string, runId: number): Promise<R | undefined> };
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
}

/**
 * Polls a run until it has ended or `waitSeconds` have passed; with 0 it reads once.
 *
 * @throws ProductError `not_found`
 */
export async function waitForRun<R extends Run>(
  deps: WaitDeps<R>,
  tenantId: string,
  runId: number,
  waitSeconds: number,
): Promise<R> {
  const untilMs = deps.now().getTime() + waitSeconds * 1000;
  for (;;) {
    const run = await deps.runs.get(tenantId, runId);
    if (run === undefined) throw notFound('run');
    const leftMs = untilMs - deps.now().getTime();
    if (isTerminal(run.status) || leftMs <= 0) return run;
    await deps.sleep(Math.min(pollMs, leftMs));
  }
}
