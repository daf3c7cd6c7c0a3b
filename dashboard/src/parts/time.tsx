// Words are English everywhere; whether a day has 12 or 24 hours is the reader's custom.
const { hourCycle } = new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions();
export const clockCustom = hourCycle === undefined ? {} : { hourCycle };
const toTheMinute = { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', ...clockCustom } as const;
const withinYear = new Intl.DateTimeFormat('en', { ...toTheMinute, second: '2-digit' });
const withYear = new Intl.DateTimeFormat('en', { ...toTheMinute, second: '2-digit', year: 'numeric' });
const localWithZone = new Intl.DateTimeFormat('en', { ...toTheMinute, year: 'numeric', timeZoneName: 'short' });
const clock = new Intl.DateTimeFormat('en', { timeStyle: 'medium', ...clockCustom });

/** A moment in the reader's time, without the year while it is this one; its title has it in UTC. */
export function Time({ at, empty = '–' }: { at: string | null; empty?: string }) {
  if (at === null) return empty;
  const date = new Date(at);
  const format = date.getFullYear() === new Date().getFullYear() ? withinYear : withYear;
  return (
    <time dateTime={at} title={utc(at)}>
      {format.format(date)}
    </time>
  );
}

/** The time of day alone, where the day is clear. */
export function Clock({ at }: { at: string }) {
  return (
    <time dateTime={at} title={utc(at)}>
      {clock.format(new Date(at))}
    </time>
  );
}

/** Both zones written out, where a mistake would cost: `Nov 23, 2026, 1:00 AM GMT+1 (2026-11-23 00:00 UTC)`. */
export function localAndUtc(at: string): string {
  return `${localWithZone.format(new Date(at))} (${at.slice(0, 16).replace('T', ' ')} UTC)`;
}

/** The zone of every time shown: `GMT+5:45 (Asia/Kathmandu)`. */
export function zone(): string {
  const { timeZone } = localWithZone.resolvedOptions();
  const short = localWithZone.formatToParts(new Date()).find(({ type }) => type === 'timeZoneName')?.value;
  return short === undefined || short === timeZone ? timeZone : `${short} (${timeZone})`;
}

function utc(at: string): string {
  return `${at.replace('T', ' ').replace('Z', '')} UTC`;
}
