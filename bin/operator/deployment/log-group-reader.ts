import { FilterLogEventsCommand, type CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';

export interface LogLine {
  readonly id: string;
  readonly atMs: number;
  readonly text: string;
}

export interface LogGroupReader {
  /** Makes one request: for the next page, or for the first one of the next pass. Fails without losing its place. */
  readonly readPage: () => Promise<LogLine[]>;
  /** When the last pass began that has read its last page. */
  readonly completeAtMs: () => number;
}

/** A line can arrive in CloudWatch Logs this long after its timestamp, so each pass goes back this far. */
const overlapMs = 60_000;

/**
 * Reads the lines of a log group that contain a text, pass after pass. A pass begins before the start of the last complete
 * one, so a line is returned again and again for a minute.
 */
export function logGroupReader(
  client: CloudWatchLogsClient,
  group: string,
  { text, sinceMs, now }: { readonly text: string; readonly sinceMs: number; readonly now: () => Date },
): LogGroupReader {
  let completeAtMs = -Infinity;
  let pass: { readonly beganAtMs: number; readonly nextToken: string | undefined } | undefined;
  return {
    completeAtMs: () => completeAtMs,
    readPage: async () => {
      const { beganAtMs, nextToken: token } = pass ?? { beganAtMs: now().getTime(), nextToken: undefined };
      const { events = [], nextToken } = await client.send(
        new FilterLogEventsCommand({
          logGroupName: group,
          startTime: Math.max(sinceMs, completeAtMs - overlapMs),
          filterPattern: `"${text}"`,
          nextToken: token,
        }),
      );
      // A page can be empty and not the last.
      if (nextToken === undefined) completeAtMs = beganAtMs;
      pass = nextToken === undefined ? undefined : { beganAtMs, nextToken };
      return events.map(({ eventId = '', timestamp = 0, message = '' }) => ({
        id: eventId,
        atMs: timestamp,
        text: message.trimEnd(),
      }));
    },
  };
}
