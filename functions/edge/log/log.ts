import { maxLogLineBytes, metricNamespace, type Metrics } from '../../contract/metrics';

/**
 * One structured line. Lines are short on purpose (ingestion is paid by the byte) and never hold tokens, secrets, inputs
 * or bodies. What is needed most stands first: of a line that would be too long, the last fields are left out.
 */
export interface LogFields {
  readonly event: string;
  readonly tenant?: string | undefined;
  readonly run?: string | undefined;
  readonly request_id?: string | undefined;
  /** Why something was refused or failed, from a closed union; also a dimension of the line's metrics. */
  readonly code?: string | undefined;
  readonly [field: string]: string | number | boolean | null | undefined;
}

/** A line without `level` is `info`: most are, and the word would cost as much as a run's number. */
export type Log = (level: 'info' | 'warn' | 'error', fields: LogFields, metrics?: Metrics) => void;

/**
 * Writes lines, and metrics as part of them in CloudWatch's embedded metric format, so that a metric costs no call:
 * docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 * One line for both spares 60 bytes; where both do not fit, the metrics go ahead in a line of their own. Their values are
 * in the other line all the same, for queries.
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

/** Each metric is told for the stage, and by code where the line has one. No ids: every combination is a metric to pay. */
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

/** An error's text is cut, any other field kept whole or left out: half an id would be a wrong one. */
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

/** What may be said of an unexpected error in a log line; its message can quote data, so it is cut short. */
export function errorFields(error: unknown): { error: string; where: string | undefined } {
  if (!(error instanceof Error)) return { error: 'not an Error', where: undefined };
  const where = error.stack
    ?.split('\n')
    .find((line) => line.trimStart().startsWith('at '))
    ?.trim()
    .slice(0, 120);
  return { error: `${error.name}: ${error.message}`.slice(0, 160), where };
}
