import type * as z from 'zod/mini';
import { notFound } from '../../../functions/domain/errors';
import { isTerminal } from '../../../functions/domain/run-status';
import { readRunDetail } from '../../../functions/domain/run/read-detail';
import type { runDetailViewSchema } from '../../../functions/domain/run/view';
import type { Session } from '../command/session';
import type { LogTail } from '../deployment/log-tail';
import { printable } from '../terminal/printable';
import { changesOf, type RunChange } from './changes';
import { deliveriesOf } from './print-run';

type RunDetail = z.infer<typeof runDetailViewSchema>;

export interface FollowOptions {
  /** Continue after the end of the run until no delivery is pending. */
  readonly deliveries: boolean;
  readonly logs: ((run: { uid: string; created_at: string }) => LogTail) | undefined;
  readonly print: (change: RunChange) => void;
}

const pollMs = 1_000;

/** CloudWatch Logs shows a line some seconds after it was written, so this many reads follow the end of the run. */
const lateLogReads = 5;

/**
 * Prints each change of a run until it has ended. It polls the run's own row, in AWS as in the local run: the row is
 * written with each segment, so it is as early as any log line and, unlike the log, complete.
 *
 * @throws ProductError `not_found`
 */
export async function followRun(
  session: Session,
  tenantId: string,
  runId: number,
  { deliveries, logs, print }: FollowOptions,
): Promise<RunDetail> {
  let previous: RunDetail | undefined;
  let tail: LogTail | undefined;
  const printLogLines = async () => {
    for (const line of (await tail?.read()) ?? []) print({ json: { kind: 'log', line }, text: printable(line) });
  };
  for (;;) {
    const row = await session.runs.get(tenantId, runId);
    if (row === undefined) throw notFound('run');
    const current = await readRunDetail(session, tenantId, row);
    tail ??= logs?.(current);
    await printLogLines();
    for (const change of changesOf(previous, current, session.now().toISOString())) print(change);
    previous = current;
    const isDelivering = deliveries && current.steps.flatMap(deliveriesOf).some(({ status }) => status === 'pending');
    if (isTerminal(current.status) && !isDelivering) break;
    await session.terminal.sleep(pollMs);
  }
  for (let reads = 0; tail?.isLate === true && reads < lateLogReads; reads += 1) {
    await session.terminal.sleep(pollMs);
    await printLogLines();
  }
  return previous;
}
