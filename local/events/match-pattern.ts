import { isRecord } from '../template/is-record';

/**
 * Whether an EventBridge pattern takes the event: each field of the pattern lists the values it accepts.
 * @throws Error for a matcher that is not understood; call once at start to find out then
 */
export function matchesPattern(pattern: unknown, event: unknown): boolean {
  if (!isRecord(pattern)) throw new Error(`An event pattern is an object, not ${JSON.stringify(pattern)}.`);
  const fields = isRecord(event) ? event : {};
  // Every field is looked at even after a mismatch, so that an unknown matcher is always found.
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
  throw new Error(`The local run does not know the event matcher ${JSON.stringify(matcher)}.`);
}
