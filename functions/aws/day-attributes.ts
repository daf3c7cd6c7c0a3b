import type { Row } from './database';

/**
 * The tenant's item and its history of usage have two attributes for each day with runs: `d20261122`, the number of runs
 * accepted on it, and `b20261122`, the last run number before its first. A number's day is the latest whose `b` is below
 * it: `dayOfNumber`.
 */
type Kind = 'd' | 'b';

/** The attribute with the number of runs accepted on `day`. */
export function usedAttribute(day: string): string {
  return nameOf('d', day);
}

/** The attribute with the last run number before the first of `day`. */
export function beforeAttribute(day: string): string {
  return nameOf('b', day);
}

export function usedByDay(row: Row): Record<string, number> {
  return byDay(row, 'd');
}

export function beforeByDay(row: Row): Record<string, number> {
  return byDay(row, 'b');
}

/** The names of all attributes of days before `day`. */
export function attributesBefore(row: Row, day: string): string[] {
  return Object.keys(row).filter((name) => {
    const parsed = parseName(name);
    return parsed !== undefined && parsed.day < day;
  });
}

/** The attributes of the days before `day` whose numbers are all settled, so that they change no more. */
export function settledDays(row: Row, day: string, settledUpto: number): Row {
  // The numbers of a day end where those of the next day with runs begin.
  const begun = Object.entries(beforeByDay(row));
  const isSettled = (one: string) => begun.some(([later, before]) => later > one && before <= settledUpto);
  return Object.fromEntries(
    Object.entries(row).filter(([name]) => {
      const parsed = parseName(name);
      return parsed !== undefined && parsed.day < day && isSettled(parsed.day);
    }),
  );
}

function byDay(row: Row, kind: Kind): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const [name, value] of Object.entries(row)) {
    // Most attributes are none of a day, and this is read at every start of a run.
    if (typeof value !== 'number' || !name.startsWith(kind)) continue;
    const parsed = parseName(name);
    if (parsed !== undefined) numbers[parsed.day] = value;
  }
  return numbers;
}

function nameOf(kind: Kind, day: string): string {
  return kind + day.replaceAll('-', '');
}

function parseName(name: string): { readonly kind: string; readonly day: string } | undefined {
  const [, kind, year, month, day] = /^([bd])(\d{4})(\d\d)(\d\d)$/.exec(name) ?? [];
  return kind === undefined ? undefined : { kind, day: `${year}-${month}-${day}` };
}
