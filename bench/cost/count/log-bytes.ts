import { openLog, type Log, type LogFields } from '../../../functions/edge/log/log';
import { type accessLogFields } from '../../../lib/access-log';
import { model } from '../model';

/** Bytes that CloudWatch bills for the log lines of the functions. The product's own logger formats the lines. */
export function functionLogBytes(logged: readonly Parameters<Log>[]): number {
  let bytes = 0;
  const log = openLog('production', (line) => (bytes += lineBytes(line)));
  for (const [level, fields, metrics] of logged) log(level, { ...fields, ...fixedDuration(fields) }, metrics);
  return bytes;
}

/** Replaces the measured time of a local receiver by the model's, so that the length of the line is always the same. */
function fixedDuration({ event }: LogFields): { ms?: number } {
  return event === 'delivery_attempted' ? { ms: model.receiverMs } : {};
}

/** A typical line for a trigger in the HTTP API's access log. */
const sampleLine: Readonly<Record<keyof typeof accessLogFields, string>> = {
  request_id: 'JKJaXmPLvHcESHA=',
  time: '22/Nov/2026:12:00:00 +0000',
  edge: '203.0.113.7',
  method: 'POST',
  path: '/api/v1/workflows/1/runs',
  route: '$default',
  status: '202',
  latency_ms: '38',
  integration_latency_ms: '35',
  integration_error: '-',
  error: '-',
};

export const accessLogBytes = lineBytes(JSON.stringify(sampleLine));

function lineBytes(line: string): number {
  return Buffer.byteLength(line) + model.logLineOverheadBytes;
}
