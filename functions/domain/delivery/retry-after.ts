const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const time = String.raw`(?<hour>\d{2}):(?<minute>\d{2}):(?<second>\d{2})`;
/**
 * The three forms of a date in HTTP, RFC 9110 section 5.6.7. All are in UTC, although the last does not say so, and
 * `Date.parse` would take it for the time zone of this process.
 */
const httpDates = [
  // Sun, 06 Nov 1994 08:49:37 GMT
  new RegExp(String.raw`^[a-z]{3}, (?<day>\d{1,2}) (?<month>[a-z]{3}) (?<year>\d{4}) ${time} (GMT|UTC)$`, 'i'),
  // Sunday, 06-Nov-94 08:49:37 GMT
  new RegExp(String.raw`^[a-z]{3,9}, (?<day>\d{1,2})-(?<month>[a-z]{3})-(?<year>\d{2}|\d{4}) ${time} (GMT|UTC)$`, 'i'),
  // Sun Nov  6 08:49:37 1994
  new RegExp(String.raw`^[a-z]{3} (?<month>[a-z]{3}) +(?<day>\d{1,2}) ${time} (?<year>\d{4})$`, 'i'),
];

/** A date with its time zone, which is no date of HTTP but cannot be misunderstood: 2026-11-22T12:00:00Z. */
const zonedDate = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;

/**
 * The seconds that a receiver asks to wait: RFC 9110 section 10.2.3 allows whole seconds or a date, and decimals are sent
 * too.
 *
 * @returns whole seconds, rounded up; 0 for a time that is over, and for anything else
 */
export function retryAfterSeconds(value: string | null, at: Date): number {
  const text = value?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text));
  const ms = zonedDate.test(text) ? Date.parse(text) : httpDateMs(text, at);
  return ms === undefined || Number.isNaN(ms) ? 0 : Math.max(0, Math.ceil((ms - at.getTime()) / 1000));
}

function httpDateMs(text: string, at: Date): number | undefined {
  for (const form of httpDates) {
    const parts = form.exec(text)?.groups;
    if (parts === undefined) continue;
    const month = months.indexOf(parts['month']?.toLowerCase() ?? '');
    if (month === -1) return undefined;
    const number = (name: string) => Number(parts[name]);
    const year = fullYear(parts['year'] ?? '', at);
    return Date.UTC(year, month, number('day'), number('hour'), number('minute'), number('second'));
  }
  return undefined;
}

/** A year of two digits that would be more than 50 years ahead is the most recent one in the past with these digits. */
function fullYear(text: string, at: Date): number {
  if (text.length === 4) return Number(text);
  const year = Math.floor(at.getUTCFullYear() / 100) * 100 + Number(text);
  return year > at.getUTCFullYear() + 50 ? year - 100 : year;
}
