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

export interface Following {
  /** Go on until no delivery is pending any more. */
  readonly deliveries: boolean;
  readonly logs: ((run: { uid: string; created_at: string }) => LogTail) | undefined;
  readonly say: (change: RunChange) => void;
}

const pollMs = 1_000;

/** CloudWatch shows a line some seconds after it was written. */
const lateLogReads = 5;

/**
 * Tells each change of a run until it has ended. What is followed is the run's own row, here and in AWS: it is written
 * with each segment, so it is as early as any log line and, unlike them, complete.
 *
 * @throws ProductError `not_found`
 */
export async function followRun(
  session: Session,
  tenantId: string,
  runId: number,
  { deliveries, logs, say }: Following,
): Promise<RunDetail> {
  let before: RunDetail | undefined;
  let tail: LogTail | undefined;
  const tellLines = async () => {
    for (const line of (await tail?.read()) ?? []) say({ json: { kind: 'log', line }, text: printable(line) });
  };
  for (;;) {
    const row = await session.runs.get(tenantId, runId);
    if (row === undefined) throw notFound('run');
    const now = await readRunDetail(session, tenantId, row);
    tail ??= logs?.(now);
    await tellLines();
    for (const change of changesOf(before, now, session.now().toISOString())) say(change);
    before = now;
    const waits = deliveries && now.steps.flatMap(deliveriesOf).some(({ status }) => status === 'pending');
    if (isTerminal(now.status) && !waits) break;
    await session.terminal.sleep(pollMs);
  }
  for (let reads = 0; tail?.isLate === true && reads < lateLogReads; reads += 1) {
    await session.terminal.sleep(pollMs);
    await tellLines();
  }
  return before;
}
