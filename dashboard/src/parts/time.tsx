const timeOfDay = { hour: 'numeric', minute: '2-digit', second: '2-digit' } as const;
const withinYear = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', ...timeOfDay });
const withYear = new Intl.DateTimeFormat('en', { year: 'numeric', month: 'short', day: 'numeric', ...timeOfDay });
const localWithZone = new Intl.DateTimeFormat('en', {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
});
const clock = new Intl.DateTimeFormat('en', { timeStyle: 'medium' });

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

function utc(at: string): string {
  return `${at.replace('T', ' ').replace('Z', '')} UTC`;
}
