import { serverNow } from '../api/server-clock';

// All words are English, but the clock has 12 or 24 hours as in the reader's locale.
const { hourCycle } = new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions();
export const clockFormat = hourCycle === undefined ? {} : { hourCycle };
const toTheMinute = { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', ...clockFormat } as const;
const withoutYear = new Intl.DateTimeFormat('en', { ...toTheMinute, second: '2-digit' });
const withYear = new Intl.DateTimeFormat('en', { ...toTheMinute, second: '2-digit', year: 'numeric' });
const localWithZone = new Intl.DateTimeFormat('en', { ...toTheMinute, year: 'numeric', timeZoneName: 'short' });
const clock = new Intl.DateTimeFormat('en', { timeStyle: 'medium', ...clockFormat });

/** An instant in the reader's time zone, without the year if it is the current one. The tooltip shows it in UTC. */
export function Time({ at, empty = '–' }: { at: string | null; empty?: string }) {
  if (at === null) return empty;
  return (
    <time dateTime={at} title={utc(at)}>
      {instant(Date.parse(at))}
    </time>
  );
}

/** The same text, where an element cannot stand. @param at milliseconds since 1970 */
export function instant(at: number): string {
  const date = new Date(at);
  const format = date.getFullYear() === new Date(serverNow()).getFullYear() ? withoutYear : withYear;
  return format.format(date);
}

/** The time of day, where the reader knows the day. */
export function Clock({ at }: { at: string }) {
  return (
    <time dateTime={at} title={utc(at)}>
      {clock.format(new Date(at))}
    </time>
  );
}

/** An instant in both zones, where a mistake would cost: `Nov 23, 2026, 1:00 AM GMT+1 (2026-11-23 00:00 UTC)`. */
export function localAndUtc(at: string): string {
  return `${localWithZone.format(new Date(at))} (${at.slice(0, 16).replace('T', ' ')} UTC)`;
}

/** The zone that times are shown in: `GMT+5:45 (Asia/Kathmandu)`. */
export function timeZoneName(): string {
  const { timeZone } = localWithZone.resolvedOptions();
  const short = localWithZone.formatToParts(serverNow()).find(({ type }) => type === 'timeZoneName')?.value;
  return short === undefined || short === timeZone ? timeZone : `${short} (${timeZone})`;
}

function utc(at: string): string {
  return `${at.replace('T', ' ').replace('Z', '')} UTC`;
}
