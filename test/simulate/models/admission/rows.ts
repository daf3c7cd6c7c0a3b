import { nextDay } from '../../../../functions/domain/day';

/** The item of a tenant, as far as admission and settlement use it. */
export interface Counter {
  /** Null if there is no cap; zero also for a plan that may not run. */
  readonly cap: number | null;
  /** The last number that was taken. */
  readonly last: number;
  /** Every number up to this one is a run or void, and what is void was refunded. */
  readonly settled: number;
  /** The last number when a pass of settlement noted it; zero if none has. */
  readonly noted: number;
  /** Runs counted by day. */
  readonly used: Readonly<Record<string, number>>;
  /** By day: the last number before the first of that day. */
  readonly before: Readonly<Record<string, number>>;
  /** Numbers that were refunded, until settlement has passed them. */
  readonly voided: readonly number[];
  /** It has a due time, so recovery will look at it. */
  readonly due: boolean;
}

/** What a run number became. */
export type NumberRow =
  { readonly kind: 'run'; readonly uid: string; readonly key: string | null } | { readonly kind: 'void' };

/** An idempotency key that a request to start a run holds, or held. */
export interface Claim {
  readonly holder: string;
  /** Tells this lease from others of the same key. */
  readonly lease: string;
  /** A run of the key has a higher number than this. */
  readonly after: number;
  readonly result: number | null;
  /** The lease has run out, so another request may take the key over. */
  readonly out: boolean;
}

/** What an act may look at besides its own row. */
export interface Around {
  readonly counter: Counter | undefined;
  readonly number: (number: number) => NumberRow | undefined;
  readonly claim: (key: string) => Claim | undefined;
  /** The numbers of the runs that carry a key. */
  readonly runsWith: (key: string) => readonly number[];
  /** The count of a day in the history, to which settlement moves days that are over. */
  readonly past: (day: string) => number | undefined;
}

/** The day that a number was counted on: the last that had begun before it. */
export function dayOf({ before }: Counter, number: number): string | undefined {
  return Object.keys(before)
    .filter((day) => before[day]! < number)
    .sort()
    .at(-1);
}

const following = new Map<string, string>();

export function followingDay(day: string): string {
  const found = following.get(day) ?? nextDay(day);
  following.set(day, found);
  return found;
}

/** Equal for equal counters. */
export function counterText({ cap, last, settled, noted, used, before, voided, due }: Counter): string {
  return `${cap}/${last}/${settled}/${noted}/${byDay(used)}/${byDay(before)}/${voided.join()}/${due ? 'due' : ''}`;
}

function byDay(counts: Readonly<Record<string, number>>): string {
  let text = '';
  for (const day of Object.keys(counts).sort()) text += `${day}:${counts[day]!},`;
  return text;
}

export function numberText(row: NumberRow | undefined): string {
  return row === undefined ? 'none' : row.kind === 'void' ? 'void' : `run ${row.uid} ${row.key ?? ''}`;
}

/** Leaves out whether the lease has run out, because that changes without a write. */
export function claimText(row: Claim | undefined): string {
  return row === undefined ? 'none' : `${row.holder} ${row.lease} ${row.after} ${row.result ?? ''}`;
}
