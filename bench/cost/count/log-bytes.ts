import { openLog, type Log, type LogFields } from '../../../functions/edge/log/log';
import { type accessLogFields } from '../../../lib/access-log';
import { model } from '../model';

/** Bytes that the functions' lines take in CloudWatch: the lines that the product writes. */
export function functionLogBytes(told: readonly Parameters<Log>[]): number {
  let bytes = 0;
  const log = openLog('production', (line) => (bytes += lineBytes(line)));
  for (const [level, fields, metrics] of told) log(level, { ...fields, ...steady(fields) }, metrics);
  return bytes;
}

/** Real time passed here where a receiver was asked; there it is the receiver's. */
function steady({ event }: LogFields): { ms?: number } {
  return event === 'delivery_attempted' ? { ms: model.receiverMs } : {};
}

/** A trigger's line in the HTTP API's access log. */
const typical: Readonly<Record<keyof typeof accessLogFields, string>> = {
  request_id: 'JKJaXmPLvHcESHA=',
  time: '22/Nov/2026:12:00:00 +0000',
  ip: '203.0.113.7',
  method: 'POST',
  path: '/api/v1/workflows/1/runs',
  route: '$default',
  status: '202',
  latency_ms: '38',
  integration_latency_ms: '35',
  integration_error: '-',
  error: '-',
};

export const accessLogBytes = lineBytes(JSON.stringify(typical));

function lineBytes(line: string): number {
  return Buffer.byteLength(line) + model.logLineOverheadBytes;
}
