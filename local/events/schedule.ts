/** How long to wait for the next event of a schedule. */
export type Schedule = (nowMs: number) => number;

const dayMs = 86_400_000;
const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: dayMs };

/**
 * Reads the two kinds of schedule that the product has: `rate(5 minutes)`, and a cron expression for one time of each day in
 * UTC. docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 *
 * @throws Error for any other
 */
export function readSchedule(expression: string): Schedule {
  const [, amount, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const everyMs = Number(amount) * (unitMs[unit] ?? 0);
  if (everyMs > 0) return () => everyMs;
  const [, minute, hour] = /^cron\((\d+) (\d+) \* \* \? \*\)$/.exec(expression) ?? [];
  if (minute === undefined || hour === undefined)
    throw new Error('The local run supports only rate(…) and cron(<minute> <hour> * * ? *).');
  const atMs = (Number(hour) * 60 + Number(minute)) * 60_000;
  return (nowMs) => dayMs - ((nowMs - atMs) % dayMs);
}
