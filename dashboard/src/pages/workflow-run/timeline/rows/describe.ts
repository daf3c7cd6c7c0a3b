import type { DeliveryRow, Row, Tick } from './row';

/** What the picture shows of a row or an attempt, for everybody who reads it instead. Times are milliseconds. */
export interface Described {
  /** Begins as what is written on the picture. */
  readonly what: string;
  /** A word of the API, or `due`. */
  readonly status: string;
  readonly at: number | null;
  /** Null if it has not ended, or takes no time. */
  readonly tookMs: number | null;
  /** When what goes on is expected to end or to go on. */
  readonly expected: number | null;
  /** How the receiver answered: `HTTP 500, http_status`. */
  readonly answer: string | null;
}

/** @param nameOf what the reader calls the endpoint of a delivery */
export function describe(
  row: Row,
  tick: Tick | undefined,
  nameOf: (row: DeliveryRow) => string,
): Described | undefined {
  if (row.is === 'more') return undefined;
  const { bar, status } = row;
  const shown = {
    status,
    at: bar?.from ?? null,
    tookMs: bar === null || bar.to === null ? null : bar.to - bar.from,
    expected: bar === null || bar.to !== null ? null : bar.expected,
    answer: null,
  };
  if (row.is === 'step') return { ...shown, what: `${row.index + 1}. ${row.type}` };
  return tick === undefined
    ? { ...shown, what: nameOf(row) }
    : { ...describeTick(tick), what: `Attempt ${tick.number} to ${nameOf(row)}` };
}

function describeTick({ at, made }: Tick): Omit<Described, 'what'> {
  if (made === undefined) return { status: 'due', at, tookMs: null, expected: null, answer: null };
  const { duration_ms: tookMs, response_status: httpStatus, error_class: error } = made;
  const answer = httpStatus === null ? 'No response' : `HTTP ${httpStatus}`;
  return {
    status: error === null ? 'succeeded' : 'failed',
    at,
    tookMs,
    expected: null,
    answer: error === null ? answer : `${answer}, ${error}`,
  };
}
