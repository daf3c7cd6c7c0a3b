import { isRecord } from '../template/is-record';

/**
 * True if an EventBridge pattern matches the event. Each field of the pattern lists the values it accepts.
 * @throws Error for an unknown matcher. To find it at start, call this function once with any event
 */
export function matchesPattern(pattern: unknown, event: unknown): boolean {
  if (!isRecord(pattern)) throw new Error(`An event pattern must be an object, not ${JSON.stringify(pattern)}.`);
  const fields = isRecord(event) ? event : {};
  // Checks every field even after a mismatch, so that an unknown matcher is always found.
  return Object.entries(pattern)
    .map(([name, accepted]) =>
      Array.isArray(accepted)
        ? accepted.map((matcher) => accepts(matcher, fields[name])).includes(true)
        : matchesPattern(accepted, fields[name]),
    )
    .every(Boolean);
}

function accepts(matcher: unknown, value: unknown): boolean {
  if (!isRecord(matcher)) return matcher === value;
  const [[kind, operand] = [], ...others] = Object.entries(matcher);
  if (others.length === 0 && typeof operand === 'string' && (kind === 'prefix' || kind === 'suffix')) {
    if (typeof value !== 'string') return false;
    return kind === 'prefix' ? value.startsWith(operand) : value.endsWith(operand);
  }
  if (others.length === 0 && kind === 'exists') return (value !== undefined) === operand;
  throw new Error(`The local run does not support the event matcher ${JSON.stringify(matcher)}.`);
}
