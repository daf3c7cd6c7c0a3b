const local = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });
const localWithZone = new Intl.DateTimeFormat('en', {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
});
const clock = new Intl.DateTimeFormat('en', { timeStyle: 'medium' });

/** A moment in the reader's time; its title has it in UTC. */
export function Time({ at, empty = '–' }: { at: string | null; empty?: string }) {
  if (at === null) return empty;
  return (
    <time dateTime={at} title={utc(at)}>
      {local.format(new Date(at))}
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
