import type * as z from 'zod/mini';
import { notFound } from '../../../functions/domain/errors';
import { isTerminal } from '../../../functions/domain/run-status';
import { readRunDetail } from '../../../functions/domain/run/read-detail';
import type { runDetailViewSchema } from '../../../functions/domain/run/view';
import type { Session } from '../command/session';
import type { LogRead, LogTail } from '../deployment/log-tail';
import { changesOf, type RunChange } from './changes';
import { logPrinter } from './print-log-lines';
import { deliveriesOf } from './print-run';

type RunDetail = z.infer<typeof runDetailViewSchema>;

export interface FollowOptions {
  /** Continue after the end of the run until no delivery is pending. */
  readonly deliveries: boolean;
  readonly logs: ((run: { uid: string; created_at: string }) => LogTail) | undefined;
  readonly print: (change: RunChange) => void;
}

/**
 * It is also the pace of requests to CloudWatch Logs, of which each poll makes one. AWS allows 5 FilterLogEvents a second
 * for the whole account and Region, so three people can follow runs at once, and two requests a second are left for the
 * console: docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
 */
const pollMs = 1_000;

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
  let log: ReturnType<typeof logPrinter> | undefined;
  let read: LogRead | undefined;
  for (;;) {
    const row = await session.runs.get(tenantId, runId);
    if (row === undefined) throw notFound('run');
    const current = await readRunDetail(session, tenantId, row);
    log ??= logs && logPrinter(session, logs(current), { pollMs, print });
    read = await log?.printNewLines();
    for (const change of changesOf(previous, current, session.now().toISOString())) print(change);
    previous = current;
    const isDelivering = deliveries && current.steps.flatMap(deliveriesOf).some(({ status }) => status === 'pending');
    if (isTerminal(current.status) && !isDelivering) break;
    await session.terminal.sleep(pollMs);
  }
  if (read !== undefined && (await log?.printLateLines(read)) === false)
    session.warn(
      `CloudWatch Logs refuses requests because there are too many, so log lines of this run may be missing: \`runs tail ${tenantId} ${runId} --logs\` prints all of them when there are fewer.`,
    );
  return previous;
}
