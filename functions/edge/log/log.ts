import { maxLogLineBytes, metricNamespace, type Metrics } from '../../contract/metrics';

/**
 * One structured log line. Lines are short, because ingestion is paid by the byte, and never contain tokens, secrets,
 * inputs or bodies. The most important fields come first: if a line would be too long, its last fields are left out.
 */
export interface LogFields {
  readonly event: string;
  readonly tenant?: string | undefined;
  readonly run?: string | undefined;
  readonly request_id?: string | undefined;
  /** The code of a refusal or failure, from a closed union. It is also a dimension of the line's metrics. */
  readonly code?: string | undefined;
  readonly [field: string]: string | number | boolean | null | undefined;
}

/** A line without `level` is `info`. Most lines are, and leaving the word out saves bytes. */
export type Log = (level: 'info' | 'warn' | 'error', fields: LogFields, metrics?: Metrics) => void;

/**
 * Writes log lines, with metrics in CloudWatch's embedded metric format, so that a metric needs no API call:
 * docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html Log
 * fields and metrics share a line if it fits 400 bytes, which saves 60 bytes; otherwise the metrics get their own line
 * first. Their values are in the log line in both cases, for queries.
 */
export function openLog(stage: string, write: (line: string) => void = writeToStdout): Log {
  return (level, fields, metrics) => {
    const now = new Date();
    const told = { ...(level !== 'info' && { level }), ...fields };
    if (metrics === undefined) {
      write(fitted({ at: now.toISOString(), ...told }));
      return;
    }
    const embedded = embeddedMetrics(metrics, { stage, code: fields.code, now });
    const together = JSON.stringify({ ...embedded, ...told });
    if (fits(together)) write(together);
    else [JSON.stringify(embedded), fitted({ at: now.toISOString(), ...told, ...metrics })].forEach(write);
  };
}

/**
 * Each metric is emitted for the stage, and by code if the line has one. Ids are never dimensions, because each
 * combination is a billed metric.
 */
function embeddedMetrics(metrics: Metrics, line: { stage: string; code: string | undefined; now: Date }) {
  const { stage, code, now } = line;
  const directive = {
    Namespace: metricNamespace,
    Dimensions: code === undefined ? [['Stage']] : [['Stage'], ['Stage', 'code']],
    Metrics: Object.keys(metrics).map((Name) => ({ Name })),
  };
  return { _aws: { Timestamp: now.getTime(), CloudWatchMetrics: [directive] }, Stage: stage, code, ...metrics };
}

function fits(line: string): boolean {
  return Buffer.byteLength(line) <= maxLogLineBytes;
}

/**
 * The text of an error is truncated; any other field is kept whole or left out, because half an id would be a wrong id.
 */
function fitted(fields: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  for (;;) {
    const line = JSON.stringify(Object.fromEntries(entries));
    const last = fits(line) ? undefined : entries.pop();
    if (last === undefined) return line;
    const [name, value] = last;
    const room = String(value).length - (Buffer.byteLength(line) - maxLogLineBytes);
    if (name === 'error' && room > 0) entries.push([name, String(value).slice(0, room)]);
  }
}

function writeToStdout(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The fields of an unexpected error in a log line. Its message can quote data, so it is truncated. */
export function errorFields(error: unknown): { error: string; where: string | undefined } {
  if (!(error instanceof Error)) return { error: 'not an Error', where: undefined };
  const where = error.stack
    ?.split('\n')
    .find((line) => line.trimStart().startsWith('at '))
    ?.trim()
    .slice(0, 120);
  return { error: `${error.name}: ${error.message}`.slice(0, 160), where };
}
