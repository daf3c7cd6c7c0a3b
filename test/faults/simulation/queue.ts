import { functionLimits } from '../../../functions/contract/functions';
import { after, type Schedule } from './schedule';
import type { Command } from './sdk-command';

export interface Message {
  readonly id: string;
  readonly body: string;
  readonly visibleAt: Date;
  readonly receives: number;
}

interface Surroundings {
  readonly schedule: Schedule;
  /** @returns the ids that come back; throws when the function died over them */
  readonly deliver: (records: readonly { messageId: string; body: string }[]) => Promise<readonly string[]>;
}

/** As the stack sets them. */
const visibilitySeconds = 6 * functionLimits['deliver-webhook'].timeoutSeconds;
const maxReceives = 5;

export type Queue = ReturnType<typeof queue>;

/** The delivery queue: at least once, delays, visibility, dead letters. Hands over one message at a time, for order's sake. */
export function queue({ schedule, deliver }: Surroundings) {
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
    const comesBack = await deliver([{ messageId: message.id, body: message.body }]).then(
      (failed) => failed.includes(message.id),
      () => true,
    );
    const visibleAt = after(schedule, visibilitySeconds);
    if (comesBack) put({ ...message, visibleAt, receives: message.receives + 1 });
  }

  return {
    deadLetters,
    waiting,
    put,
    /** From now on nothing is handed over. */
    hold: () => void (holding = true),
    answer({ input }: Command): unknown {
      const { Entries } = input as { Entries: { Id: string; MessageBody: string; DelaySeconds?: number }[] };
      for (const { MessageBody: body, DelaySeconds = 0 } of Entries) {
        put({ id: `message-${(sent += 1)}`, body, visibleAt: after(schedule, DelaySeconds), receives: 0 });
      }
      return { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] };
    },
  };
}
