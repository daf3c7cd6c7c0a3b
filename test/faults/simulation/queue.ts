import { functionLimits } from '../../../functions/contract/functions';
import { after, type Schedule } from './schedule';
import type { Command } from './sdk-command';

export interface Message {
  readonly id: string;
  readonly body: string;
  readonly visibleAt: Date;
  readonly receives: number;
}

interface QueueDeps {
  readonly schedule: Schedule;
  /** @returns the ids of the failed messages; throws if the function stopped, and then all of them have failed */
  readonly deliver: (records: readonly { messageId: string; body: string }[]) => Promise<readonly string[]>;
}

/** The same values as in the stack. */
const visibilitySeconds = 6 * functionLimits['deliver-webhook'].timeoutSeconds;
const maxReceives = 5;

export type Queue = ReturnType<typeof queue>;

/**
 * Simulates the delivery queue: at-least-once delivery, delays, visibility timeout and dead letters. Each batch has one
 * message, so that the order of calls is the same in every replay.
 */
export function queue({ schedule, deliver }: QueueDeps) {
  const deadLetters: Message[] = [];
  const waiting = new Map<string, Message>();
  let sent = 0;
  let holding = false;

  function put(message: Message): void {
    waiting.set(message.id, message);
    if (!holding) schedule.at(message.visibleAt, () => receive(message));
  }

  async function receive(message: Message): Promise<void> {
    waiting.delete(message.id);
    if (message.receives === maxReceives) return void deadLetters.push(message);
    const isReturned = await deliver([{ messageId: message.id, body: message.body }]).then(
      (failed) => failed.includes(message.id),
      () => true,
    );
    const visibleAt = after(schedule, visibilitySeconds);
    if (isReturned) put({ ...message, visibleAt, receives: message.receives + 1 });
  }

  return {
    deadLetters,
    waiting,
    put,
    /** From now on, messages stay in the queue. */
    hold: () => void (holding = true),
    handle({ input }: Command): unknown {
      const { Entries } = input as { Entries: { Id: string; MessageBody: string; DelaySeconds?: number }[] };
      for (const { MessageBody: body, DelaySeconds = 0 } of Entries) {
        put({ id: `message-${(sent += 1)}`, body, visibleAt: after(schedule, DelaySeconds), receives: 0 });
      }
      return { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] };
    },
  };
}
