import type { Outcome } from '../processes';
import type { DeliveryRow } from './rows';
import type { Recorded } from './acts';
import {
  onAttempt,
  onDelivery,
  queued,
  type DeliveryNext,
  type DeliveryProcess,
  type DeliveryProgram,
  type Design,
  type Know,
  type World,
} from './world';

type At = 'claiming' | 'keeping' | 'waiting' | 'logging' | 'recording' | 'ending' | 'logging after';

/** Where a worker makes its attempt. Afterwards it only waits for answers to writes that may have given the lease back. */
export const attempting: readonly string[] = ['keeping', 'attempting', 'logging'];

/**
 * A sender: `attemptDelivery` for one message after another. Its name is its token. A real token is never used twice, so a
 * worker takes no message while its token is still in the row or on its way.
 */
export function workerProgram({ acts, logsFirst }: Design): DeliveryProgram {
  const rest = ({ name }: Know): DeliveryNext => ({ at: 'idle', know: { name } });

  function go({ at, know, late }: DeliveryProcess, world: World): readonly DeliveryNext[] {
    const { name } = know;
    const { delivery, messages } = world;
    switch (at) {
      case 'idle':
        if (delivery.lease === name || late.length > 0) return [];
        return messages.map((made) => ({
          at: 'claiming',
          know: { name, made },
          sends: onDelivery(acts.claim(made, name)),
          name: `receives message ${made}`,
        }));
      case 'attempting':
        return attempt(know, world);
      case 'asking':
        // `isRecorded`: whether a refused record was this worker's own, sent twice.
        return delivery.lease === name && delivery.hold === 'none'
          ? goOn(know, world)
          : [{ ...rest(know), name: 'gets row' }];
      default:
        return [];
    }
  }

  /** The endpoint is read, a turn is taken, the request is sent, and its outcome judged. */
  function attempt(know: Know, { endpointExists, hasTurns, delivery, scheduled }: World): readonly DeliveryNext[] {
    const { made: before = 0 } = know;
    const made = before + 1;
    const record = (recorded: Recorded) => onDelivery(acts.record(know.name, recorded));
    if (!endpointExists) {
      const none: Recorded = { status: 'failed', made: before, stored: 'nowhere' };
      return [{ at: 'ending', know: { name: know.name }, sends: record(none), name: 'its endpoint is gone' }];
    }
    const after = (status: DeliveryRow['status']): DeliveryNext => {
      const fits = status === 'delivered' && made === 1 && know.left !== true;
      const recorded: Recorded = { status, made, stored: fits ? 'in the row' : 'in a row of its own' };
      const logs = !fits && logsFirst;
      return {
        at: logs ? 'logging' : 'recording',
        know: { name: know.name, made, status, ...(!fits && !logsFirst && { logsAfter: true }) },
        sends: logs ? onAttempt(made, acts.log(made)) : record(recorded),
        name: `its request is answered: ${status}`,
      };
    };
    const wait: DeliveryNext = {
      at: 'waiting',
      know: { name: know.name, made: before },
      sends: onDelivery(acts.wait(know.name)),
      name: 'it is not its turn',
    };
    return [
      ...(hasTurns ? [wait] : []),
      after('delivered'),
      after(delivery.trigger === 'event' && made < scheduled ? 'pending' : 'failed'),
    ];
  }

  /** The next attempt is queued, unless it is too far off for the queue. */
  function goOn(know: Know, world: World): readonly DeliveryNext[] {
    if (know.status !== 'pending') return [rest(know)];
    return queued(world, know.made ?? 0).map((next) => ({ ...rest(know), ...next }));
  }

  const hear: Record<
    At,
    (know: Know, outcome: Outcome, worlds: { before: World; after: World }) => readonly DeliveryNext[]
  > = {
    claiming: (know, outcome, { before: { delivery } }) => {
      if (outcome !== 'took effect') return [rest(know)];
      const left = delivery.hold !== 'none' && delivery.lease !== know.name;
      const number = (know.made ?? 0) + 1;
      if (!left) return [{ at: 'attempting', know }];
      return [{ at: 'keeping', know: { ...know, left }, sends: onAttempt(number, acts.keep(number)) }];
    },
    keeping: (know, outcome) => (outcome === 'no answer' ? [rest(know)] : [{ at: 'attempting', know }]),
    waiting: (know, outcome, { after }) =>
      outcome === 'no answer'
        ? [rest(know)]
        : queued(after, know.made ?? 0).map((next) => ({ ...rest(know), ...next })),
    logging: (know, outcome) => {
      if (outcome === 'no answer') return [rest(know)];
      const recorded: Recorded = {
        status: know.status ?? 'failed',
        made: know.made ?? 0,
        stored: 'in a row of its own',
      };
      return [{ at: 'recording', know, sends: onDelivery(acts.record(know.name, recorded)) }];
    },
    recording: (know, outcome, { after }) => {
      if (outcome === 'no answer') return [rest(know)];
      const { made: number = 0 } = know;
      if (know.logsAfter === true) return [{ at: 'logging after', know, sends: onAttempt(number, acts.log(number)) }];
      return outcome === 'refused' ? [{ at: 'asking', know }] : goOn(know, after);
    },
    ending: (know) => [rest(know)],
    'logging after': (know, outcome, { after }) => (outcome === 'no answer' ? [rest(know)] : goOn(know, after)),
  };

  return { go, hear: ({ at, know }, outcome, worlds) => hear[at as At](know, outcome, worlds), rest };
}
