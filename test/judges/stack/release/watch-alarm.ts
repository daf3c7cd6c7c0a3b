import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { canaryMinuteMs } from '../ministack/start';
import type { Trigger } from './caller';

const run = promisify(execFile);

/** CloudWatch gets to know a minute only when the next one is over. */
const lateMinutes = 1;

interface Alarm {
  readonly AlarmName: string;
  readonly Threshold: number;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm: number;
}

/**
 * Evaluates the alarm `RequestsFail` by its own numbers, because MiniStack measures no API: it counts what the front door
 * answered, minute by minute, and sets the alarm's state.
 *
 * @returns a function that stops it
 */
export async function watchRequestsFail(
  stack: string,
  answered: readonly Trigger[],
  aws: string,
): Promise<() => Promise<void>> {
  const ask = async (...args: string[]): Promise<any> =>
    JSON.parse((await run(aws, [...args, '--output', 'json'])).stdout);
  const { MetricAlarms: alarms } = await ask('cloudwatch', 'describe-alarms');
  const alarm: Alarm = alarms.find(
    ({ AlarmName: name }: Alarm) => name.startsWith(`${stack}-`) && name.includes('RequestsFail'),
  );
  const set = (state: string) =>
    run(aws, [
      'cloudwatch',
      'set-alarm-state',
      '--alarm-name',
      alarm.AlarmName,
      '--state-value',
      state,
      '--state-reason',
      'counted',
    ]);
  const startedAtMs = Date.now();
  const bad: boolean[] = [];
  const evaluate = setInterval(() => {
    const from = startedAtMs + bad.length * canaryMinuteMs;
    const ofMinute = answered.filter(({ answeredAtMs: at }) => at >= from && at < from + canaryMinuteMs);
    const errors = ofMinute.filter(({ status }) => status >= 500).length;
    bad.push((100 * errors) / ofMinute.length > alarm.Threshold);
    const known = bad.slice(-alarm.EvaluationPeriods - lateMinutes, -lateMinutes || undefined);
    if (known.filter(Boolean).length >= alarm.DatapointsToAlarm) void set('ALARM').catch(console.error);
  }, canaryMinuteMs);
  return async () => {
    clearInterval(evaluate);
    await set('OK');
  };
}
