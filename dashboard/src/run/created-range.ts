import type { RunFilters } from '../api/routes';

/** When runs were created, as filters of their list. */
type CreatedFilters = Pick<RunFilters, 'created_from' | 'created_after' | 'created_before'>;

/** A range as the picker returns it, in whole seconds. The first and the last second belong to it entirely. */
interface PickedRange {
  readonly startDate: string;
  readonly endDate: string;
}

const secondMs = 1000;

export function filtersOf({ startDate, endDate }: PickedRange): CreatedFilters {
  const end = Date.parse(endDate);
  return {
    created_from: timeOf(startDate),
    created_after: undefined,
    created_before: Number.isNaN(end) ? undefined : new Date(end + secondMs).toISOString(),
  };
}

/** The range that the filters select. Null if it has no beginning, because the picker cannot show such a range. */
export function pickedRange(filters: CreatedFilters, now: Date): PickedRange | null {
  const start = filters.created_from ?? filters.created_after;
  if (start === undefined) return null;
  const end = filters.created_before === undefined ? now.getTime() : Date.parse(filters.created_before) - secondMs;
  return { startDate: start, endDate: new Date(end).toISOString() };
}

export function timeOf(text: string | undefined): string | undefined {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
