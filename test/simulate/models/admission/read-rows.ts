import type { Row } from '../../../../functions/aws/database';
import type { Claim, Counter, NumberRow } from './rows';

/** Rows are frozen, and the one after a write is the one before the next. */
const counters = new WeakMap<Row, Counter>();

/** Reads the item of a tenant as the model sees it. */
export function readCounter(row: Row | undefined): Counter | undefined {
  if (row === undefined) return undefined;
  let counter = counters.get(row);
  if (counter === undefined) counters.set(row, (counter = counterIn(row)));
  return counter;
}

function counterIn(row: Row): Counter {
  const { unlimited, daily_cap: cap, plan, voided } = row;
  const days: Record<'b' | 'd', Record<string, number>> = { b: {}, d: {} };
  for (const [name, value] of Object.entries(row)) {
    const kind = name[0];
    // Attributes such as `d20261122`. They are read here and not by the product's parser, which is slow for every write.
    if ((kind === 'd' || kind === 'b') && name.length === 9 && typeof value === 'number' && Number(name.slice(1)) > 0)
      days[kind][`${name.slice(1, 5)}-${name.slice(5, 7)}-${name.slice(7)}`] = value;
  }
  return {
    // The plan that may not run has no places.
    cap: plan === 'starter' ? 0 : unlimited === true ? null : Number(cap),
    last: Number(row['last_run_number']),
    settled: Number(row['settled_upto']),
    noted: Number(row['settle_upto'] ?? 0),
    used: days.d,
    before: days.b,
    voided: voided instanceof Set ? [...voided].map(Number).sort((a, b) => a - b) : [],
    due: row['due_at'] !== undefined,
  };
}

export function readNumber(row: Row | undefined): NumberRow | undefined {
  if (row === undefined) return undefined;
  if (row['void'] === true) return { kind: 'void' };
  const key = row['key_hash'];
  return { kind: 'run', uid: String(row['uid']), key: typeof key === 'string' ? key : null };
}

/** Claims of requests that start no run are none of the model's. */
export function readClaim(row: Row | undefined, now: Date): Claim | undefined {
  const { holder, lease_until: until, expires_at: expires, result } = row ?? {};
  if (row === undefined || typeof holder !== 'string' || !holder.startsWith('run_')) return undefined;
  const isPast = (at: unknown) => typeof at === 'string' && Date.parse(at) <= now.getTime();
  return {
    holder,
    lease: String(until),
    after: Number(row['last_run_number']),
    result: typeof result === 'string' ? Number(result) : null,
    out: isPast(until) || isPast(expires),
  };
}
