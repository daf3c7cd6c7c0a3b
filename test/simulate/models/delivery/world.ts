import type { Act } from '../act';
import type { Next, Process, Program, Sendable, TakeEffect } from '../processes';
import type { DeliveryActs } from './acts';
import type { Around, AttemptRow, DeliveryRow } from './rows';

/** One delivery, its attempts, its messages in the queue, and its endpoint. */
export interface World {
  readonly delivery: DeliveryRow;
  /** The row of attempt n is at n - 1. */
  readonly attempts: readonly (AttemptRow | undefined)[];
  /**
   * The messages in the queue, each named by its number of attempts. One that was received stays, because the queue may
   * deliver it again; it may also be lost at any time. So nothing is lost by having each number once.
   */
  readonly messages: readonly number[];
  readonly endpointExists: boolean;
  /** An attempt may have to wait for its turn. */
  readonly hasTurns: boolean;
  readonly scheduled: number;
}

export type Request = Sendable &
  (
    | { readonly on: 'delivery'; readonly act: Act<DeliveryRow, Around> }
    | { readonly on: 'attempt'; readonly number: number; readonly act: Act<AttemptRow, Around> }
  );

export const onDelivery = (act: Act<DeliveryRow, Around>): Request => ({ on: 'delivery', act, text: act.text });
export const onAttempt = (number: number, act: Act<AttemptRow, Around>): Request => ({
  on: 'attempt',
  number,
  act,
  text: act.text,
});

/** The product as it is, or with a planted bug. */
export interface Design {
  readonly acts: DeliveryActs;
  /** An attempt is stored before it is counted. */
  readonly logsFirst: boolean;
  /** A lease runs out only when the sender that took it has ended, although what it sent may still arrive. */
  readonly leaseOutlastsSender: boolean;
  /** Recovery queues what is due. */
  readonly recovers: boolean;
}

/** What a process remembers. */
export interface Know {
  readonly name: string;
  /** The attempts that were made: by the message, or with the attempt of this process. */
  readonly made?: number;
  /** Another sender's lease had run out when this one took it. */
  readonly left?: boolean;
  /** What the attempt makes of the delivery. */
  readonly status?: DeliveryRow['status'];
  readonly logsAfter?: boolean;
}

export type DeliveryProcess = Process<Know, Request>;
export type DeliveryNext = Next<World, Know, Request>;
export type DeliveryProgram = Program<World, Know, Request>;

export const takeEffect: TakeEffect<World, Request> = (world, request) => {
  const { delivery, attempts, scheduled } = world;
  const around: Around = { delivery, attempt: (number) => attempts[number - 1], scheduled };
  if (request.on === 'delivery') {
    const { act } = request;
    if (!act.allows(delivery)) return { world, outcome: 'refused', broken: undefined };
    const broken = act.demands(around, delivery);
    return { world: { ...world, delivery: act.writes(delivery) ?? delivery }, outcome: 'took effect', broken };
  }
  const { act, number } = request;
  const row = attempts[number - 1];
  if (!act.allows(row)) return { world, outcome: 'refused', broken: undefined };
  const changed = [...attempts];
  changed[number - 1] = act.writes(row);
  return { world: { ...world, attempts: changed }, outcome: 'took effect', broken: act.demands(around, row) };
};

/** The queue takes the message, or loses it: a sender never learns. */
export function queued(world: World, made: number): readonly { readonly world: World; readonly name: string }[] {
  const lost = { world, name: 'no message is queued' };
  if (world.messages.includes(made)) return [{ world, name: 'a message is queued' }];
  const messages = [...world.messages, made].sort((a, b) => a - b);
  return [{ world: { ...world, messages }, name: 'a message is queued' }, lost];
}

/** Why a world violates what the product promises; undefined if it does not. @param redeliveries that may have begun */
export function brokenWorld({ delivery, attempts, scheduled }: World, redeliveries: number): string | undefined {
  const { status, made, due, inRow } = delivery;
  if ((status === 'pending') !== due)
    return due ? 'an ended delivery is still due' : 'a delivery is open and nothing will look at it';
  if (made > scheduled + redeliveries) return `${made} attempts were made`;
  for (let number = 1; number <= made; number += 1)
    if (attempts[number - 1] !== 'logged' && !(inRow && number === 1))
      return `attempt ${number} is counted and not stored`;
  return undefined;
}
