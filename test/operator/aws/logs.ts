import type { AwsAnswer, AwsCall } from './start-aws';

export interface LoggedLine {
  readonly group: string;
  readonly id: string;
  /** When it was written, and when CloudWatch Logs shows it. */
  readonly atMs: number;
  readonly shownAtMs: number;
  readonly text: string;
}

/** FilterLogEvents of an account and Region: docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const requestsPerSecond = 5;

/** CloudWatch Logs with its quota as a token bucket, and pages of two lines. */
export function cloudWatchLogs(lines: LoggedLine[], now: () => Date) {
  let [tokens, filledAtMs] = [requestsPerSecond, now().getTime()];
  const asked: { atMs: number; group: string; isRefused: boolean }[] = [];

  function take(): boolean {
    const nowMs = now().getTime();
    tokens = Math.min(requestsPerSecond, tokens + ((nowMs - filledAtMs) / 1_000) * requestsPerSecond);
    filledAtMs = nowMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  }

  function pageOf({ logGroupName, startTime, filterPattern, nextToken = '0' }: any) {
    const found = lines.filter(
      ({ group, atMs, shownAtMs, text }) =>
        group === logGroupName &&
        atMs >= startTime &&
        shownAtMs <= now().getTime() &&
        text.includes(filterPattern.slice(1, -1)),
    );
    const from = Number(nextToken);
    const page = found.slice(from, from + 2);
    return {
      events: page.map(({ id, atMs, text }) => ({ eventId: id, timestamp: atMs, message: `${text}\n` })),
      ...(found.length > from + 2 && { nextToken: String(from + 2) }),
    };
  }

  return {
    asked,
    /** Spends what others of the account would. */
    useUp: () => {
      take();
      tokens = 0;
    },
    answer: ({ target, body }: AwsCall): AwsAnswer => {
      if (target !== 'Logs_20140328.FilterLogEvents') throw new Error(`No answer to ${target}`);
      const given = JSON.parse(body);
      const isRefused = !take();
      asked.push({ atMs: now().getTime(), group: given.logGroupName, isRefused });
      return isRefused ? refusal('ThrottlingException', 'Rate exceeded') : { body: JSON.stringify(pageOf(given)) };
    },
  };
}

export function refusal(type: string, message: string, status = 400): AwsAnswer {
  return { status, body: JSON.stringify({ __type: type, message }) };
}
