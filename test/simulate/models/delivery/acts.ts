import { act } from '../act';
import type { Around, AttemptRow, DeliveryRow } from './rows';

const onDelivery = act<DeliveryRow, Around>;
const onAttempt = act<AttemptRow, Around>;

/** What an attempt, or its lack, makes of a delivery. */
export interface Recorded {
  readonly status: DeliveryRow['status'];
  /** The number of attempts that were made, with this one if there was one. */
  readonly made: number;
  /** Where the attempt is stored; `nowhere` if none was made. */
  readonly stored: 'in a row of its own' | 'in the row' | 'nowhere';
}

const fresh: Omit<DeliveryRow, 'trigger'> = {
  status: 'pending',
  made: 0,
  lease: null,
  hold: 'none',
  turn: 'none',
  due: true,
  by: null,
  inRow: false,
};

export const deliveryActs = {
  put: (trigger: DeliveryRow['trigger']) =>
    onDelivery('deliveries.putIfAbsent', [trigger], {
      allows: (row) => row === undefined,
      writes: () => ({ ...fresh, trigger }),
    }),
  /** @param made the number in the message: the attempts that were made when it was sent */
  claim: (made: number, token: string) =>
    onDelivery('attempts.claim', [made, token], {
      allows: (row) =>
        row?.status === 'pending' &&
        row.made === made &&
        (row.hold !== 'held' || row.lease === token) &&
        row.turn !== 'waits',
      writes: (row) => row && { ...row, lease: token, hold: 'held' },
      demands: (_, row) => {
        if (row?.status !== 'pending') return 'an ended delivery is claimed';
        if (row.made !== made) return 'a message for an earlier attempt claims a later one';
        return row.hold === 'held' && row.lease !== token ? 'an attempt is claimed that is in progress' : undefined;
      },
    }),
  wait: (token: string) =>
    onDelivery('attempts.wait', [token], {
      allows: (row) => row?.lease === token,
      writes: (row) => row && { ...row, lease: null, hold: 'none', turn: 'waits', due: true },
      demands: (_, row) =>
        row?.status === 'pending' && row.hold !== 'none' ? undefined : 'a delivery waits that nobody has claimed',
    }),
  record: (token: string, { status, made, stored }: Recorded) =>
    onDelivery('attempts.record', [token, status, made, stored], {
      allows: (row) => row?.lease === token && row.hold !== 'none',
      writes: (row) =>
        row && {
          ...row,
          status,
          made,
          lease: stored === 'in a row of its own' ? token : null,
          hold: 'none',
          turn: 'none',
          due: status === 'pending',
          inRow: row.inRow || stored === 'in the row',
        },
      demands: ({ attempt, scheduled }, row) => {
        if (row?.status !== 'pending') return 'the end of a delivery changes without a redelivery';
        if (made !== row.made + (stored === 'nowhere' ? 0 : 1))
          return `attempt ${made} is recorded after attempt ${row.made}`;
        if (stored === 'in the row' && made !== 1) return `attempt ${made} is stored in the row of its delivery`;
        if (stored === 'in a row of its own' && attempt(made) !== 'logged')
          return `attempt ${made} is counted and not stored`;
        if (status !== 'pending') return undefined;
        if (stored === 'nowhere') return 'a delivery goes on without an attempt';
        return row.trigger === 'event' && made < scheduled
          ? undefined
          : 'an attempt is planned that the schedule has not';
      },
    }),
  reopen: (by: string) =>
    onDelivery('deliveries.reopen', [by], {
      allows: (row) => row !== undefined && row.status !== 'pending' && row.by !== by,
      writes: (row) => row && { ...row, status: 'pending', trigger: 'replay', due: true, by },
      demands: (_, row) => {
        if (row?.status === 'pending') return row.by === by ? undefined : 'a pending delivery is redelivered';
        return row?.by === by ? 'one redelivery opens a delivery twice' : undefined;
      },
    }),
  /** Stores an attempt whose process is gone. */
  keep: (number: number) =>
    onAttempt('attempts.keepUnrecorded', [number], {
      allows: (row) => row === undefined,
      writes: () => 'unrecorded',
      demands: ({ delivery }) => isOneOf(delivery, number),
    }),
  log: (number: number) =>
    onAttempt('attempts.put', [number], {
      allows: () => true,
      writes: () => 'logged',
      demands: ({ delivery }) => isOneOf(delivery, number),
    }),
};
export type DeliveryActs = typeof deliveryActs;

/** Late writes store attempts that are over; nothing stores one that is still to come. */
function isOneOf(delivery: DeliveryRow | undefined, number: number): string | undefined {
  return delivery !== undefined && number <= delivery.made + 1
    ? undefined
    : `attempt ${number} is stored before its turn`;
}
