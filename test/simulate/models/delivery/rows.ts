/** The row of a delivery, as far as its attempts use it. */
export interface DeliveryRow {
  readonly status: 'pending' | 'delivered' | 'failed' | 'blocked';
  readonly trigger: 'event' | 'test' | 'replay';
  readonly made: number;
  /** The token of the last lease; without a hold it says only who recorded last. */
  readonly lease: string | null;
  /** Whether an attempt is in progress. `out` means that the lease has run out. */
  readonly hold: 'none' | 'held' | 'out';
  /** Whether the attempt waits for its turn. `come` means that the turn has come. */
  readonly turn: 'none' | 'waits' | 'come';
  /** It has a due time, so recovery will look at it. */
  readonly due: boolean;
  /** The last call that redelivered it. */
  readonly by: string | null;
  /** The first attempt is in this row and not in one of its own. */
  readonly inRow: boolean;
}

/** The row of an attempt. `unrecorded`: its process ended before it recorded what came of it. */
export type AttemptRow = 'unrecorded' | 'logged';

/** What an act may look at besides its own row. */
export interface Around {
  readonly delivery: DeliveryRow | undefined;
  readonly attempt: (number: number) => AttemptRow | undefined;
  /** The most attempts of the schedule; redeliveries come on top. */
  readonly scheduled: number;
}

/** Leaves out what changes by time alone. */
export function deliveryText(row: DeliveryRow | undefined): string {
  if (row === undefined) return 'none';
  const { status, trigger, made, lease, hold, turn, due, by, inRow } = row;
  const flags = [hold !== 'none' && 'held', turn !== 'none' && 'waits', due && 'due', inRow && 'in row'];
  return [status, trigger, made, lease ?? 'no lease', by ?? 'nobody', ...flags].join('/');
}
