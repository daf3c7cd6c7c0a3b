import { onDelivery, queued, type DeliveryNext, type DeliveryProgram, type Design, type Know } from './world';

/** The calls of `redeliverOverdue`, by passes of recovery that know nothing of each other. */
export function recoveryProgram({ recovers }: Design): DeliveryProgram {
  const rest = ({ name }: Know): DeliveryNext => ({ at: 'idle', know: { name } });
  return {
    go: ({ at, know }, world) => {
      const { delivery } = world;
      if (at === 'idle') {
        // Only what has a due time is in the index that recovery reads.
        if (!recovers || !delivery.due || delivery.status !== 'pending') return [];
        return [{ at: 'queueing', know: { ...know, made: delivery.made }, name: 'reads what is due' }];
      }
      return queued(world, know.made ?? 0).map((next) => ({ ...rest(know), ...next }));
    },
    hear: ({ know }) => [rest(know)],
    rest,
  };
}

/** A person who redelivers, once: `redeliver`. Its name is the id of the call. */
export function personProgram({ acts }: Design): DeliveryProgram {
  const rest = ({ name }: Know): DeliveryNext => ({ at: 'ended', know: { name } });
  return {
    go: ({ at, know }, { delivery, endpointExists }) => {
      if (at !== 'begun' || delivery.status === 'pending' || !endpointExists) return [];
      return [{ at: 'reopening', know, sends: onDelivery(acts.reopen(know.name)), name: 'asks for a redelivery' }];
    },
    // A refusal is followed by a look whether the request was this call's own, sent twice.
    hear: ({ know }, outcome, { after }) =>
      outcome === 'took effect' || (outcome === 'refused' && after.delivery.by === know.name)
        ? queued(after, after.delivery.made).map((next) => ({ ...rest(know), ...next }))
        : [rest(know)],
    rest,
  };
}
