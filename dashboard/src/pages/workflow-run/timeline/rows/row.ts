import type { AttemptOutline } from '../../../../../../functions/domain/delivery/outline';
import type { Outcome } from '../../picture/outcome';

/** What a bar is drawn from. Times are milliseconds since 1970. */
export interface Bar {
  readonly from: number;
  /** Null while it goes on. */
  readonly to: number | null;
  /** When what goes on is expected to end; null if nobody knows. */
  readonly expected: number | null;
  /** Nothing happens between its ends. It is drawn hatched. */
  readonly isWait: boolean;
}

export interface Tick {
  /** Stays the same when the attempt that is due becomes one that was made. */
  readonly number: number;
  readonly at: number;
  /** Undefined for the attempt that is due. */
  readonly made: AttemptOutline | undefined;
}

interface Drawn {
  readonly id: string;
  readonly outcome: Outcome;
  /** A word of the API: `succeeded`. */
  readonly status: string;
  readonly bar: Bar | null;
}

export interface StepRow extends Drawn {
  readonly is: 'step';
  readonly index: number;
  readonly type: string;
  /** From when the step could have begun until it did; `to` is null while it waits for that. */
  readonly queued: { readonly from: number; readonly to: number | null } | null;
  /** The deliveries of its event, if they are only drawn when somebody asks for them. */
  readonly folded: { readonly count: number; readonly open: boolean } | null;
  /** Its event had deliveries, which are no longer kept. */
  readonly isForgotten: boolean;
}

export interface DeliveryRow extends Drawn {
  readonly is: 'delivery';
  readonly deliveryId: string;
  readonly endpointId: string;
  /** Undefined until the deliveries are read. */
  readonly url: string | undefined;
  readonly ticks: readonly Tick[];
}

/** Stands for the deliveries of a step that are not drawn. */
export interface MoreRow {
  readonly is: 'more';
  readonly id: string;
  readonly count: number;
}

export type Row = StepRow | DeliveryRow | MoreRow;
