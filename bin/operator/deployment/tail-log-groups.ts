import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, CloudWatchLogsServiceException } from '@aws-sdk/client-cloudwatch-logs';
import { explainAwsError } from './explain-aws-error';
import { isConnectionError } from './is-connection-error';
import { listStackResources } from './list-stack-resources';
import { logGroupReader, type LogGroupReader, type LogLine } from './log-group-reader';
import type { LogTail } from './log-tail';
import { runLogGroupsOf } from './run-log-groups';

export interface TailedRun {
  readonly uid: string;
  readonly created_at: string;
}

/** Reads in a row that may get no answer, or an error of AWS's own, before the tail fails: the SDK's own number. */
const maxUnanswered = 2;

/**
 * Follows the log groups of a deployed stack that can hold lines about the run. The groups take turns, one page of one
 * group in each read, because all callers of an account and Region share the quota of FilterLogEvents. The lines of the
 * first round are returned together, so that what was logged before is in order across the functions. `close` only frees
 * the sockets of its clients.
 */
export function tailLogGroups(
  stackName: string,
  clientOptions: { region?: string; profile?: string },
  { uid, created_at: createdAt }: TailedRun,
  now: () => Date,
): LogTail & { close: () => void } {
  const cloudFormation = new CloudFormationClient(clientOptions);
  // The SDK's own attempts would exceed the pace just when the quota is used up. The next read is the next attempt.
  const logs = new CloudWatchLogsClient({ ...clientOptions, maxAttempts: 1 });
  const query = { text: uid, sinceMs: Date.parse(createdAt), now };
  const seenIds = new Set<string>();
  let readers: readonly LogGroupReader[] = [];
  let held: LogLine[] = [];
  let turn = 0;
  let unanswered = 0;

  async function readTurn(): Promise<void> {
    if (readers.length === 0) {
      const groups = runLogGroupsOf(stackName, await listStackResources(cloudFormation, stackName));
      readers = groups.map((group) => logGroupReader(logs, group, query));
    }
    for (const line of (await readers[turn % readers.length]?.readPage()) ?? []) {
      if (!seenIds.has(line.id)) held.push(line);
      seenIds.add(line.id);
    }
    turn += 1;
  }

  function release(): string[] {
    const lines = held.sort((one, other) => one.atMs - other.atMs);
    held = [];
    return lines.map(({ text }) => text);
  }

  const completeAtMs = () =>
    readers.length === 0 ? -Infinity : Math.min(...readers.map((reader) => reader.completeAtMs()));

  return {
    read: async () => {
      try {
        await readTurn();
        unanswered = 0;
      } catch (error) {
        const isThrottled = explainAwsError(error)?.code === 'throttled';
        if (!isThrottled) {
          unanswered += 1;
          if (!isPassing(error) || unanswered > maxUnanswered) throw error;
        }
        // Lines that are there are not withheld for as long as AWS refuses.
        return { lines: release(), completeAtMs: completeAtMs(), isThrottled };
      }
      return { lines: turn < readers.length ? [] : release(), completeAtMs: completeAtMs(), isThrottled: false };
    },
    close: () => {
      cloudFormation.destroy();
      logs.destroy();
    },
  };
}

/** An error that says nothing about the request: the connection broke, or AWS itself failed. */
function isPassing(error: unknown): boolean {
  if (isConnectionError(error)) return true;
  return error instanceof CloudWatchLogsServiceException && (error.$metadata.httpStatusCode ?? 0) >= 500;
}
