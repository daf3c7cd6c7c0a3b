import { deliveryBatches, functionLimits } from '../../../functions/contract/functions';
import type { Command } from '../../faults/simulation/sdk-command';
import type { World } from '../schedule/world';

interface Message {
  readonly number: number;
  readonly body: string;
  readonly visibleMs: number;
  readonly receives: number;
}

interface QueueDeps {
  readonly world: World;
  /** @returns the ids of the failed messages; rejects if the function died, and then all of them have failed */
  readonly deliver: (records: readonly { messageId: string; body: string }[]) => Promise<readonly string[]>;
  /** How often a message comes late or twice. */
  readonly mischief: () => number;
}

/** The same values as in the stack. */
const visibilitySeconds = 6 * functionLimits['deliver-webhook'].timeoutSeconds;
const maxReceives = 5;
/** How much later than asked a message may come. */
const lateBySeconds = [1, 4, 30, 200] as const;

/** The delivery queue: at least once, sometimes twice, in any order, with delays, visibility timeout and dead letters. */
export function simulatedQueue({ world, deliver, mischief }: QueueDeps) {
  const visible: Message[] = [];
  const deadLetters: Message[] = [];
  let sent = 0;

  function put(message: Message): void {
    const late = world.choices.rarely(mischief(), lateBySeconds.length);
    const visibleMs = message.visibleMs + (lateBySeconds[late - 1] ?? 0) * 1000;
    if (late > 0) world.note('fault', 'queue', `message ${message.number} comes ${lateBySeconds[late - 1]} s late`);
    world.plan(visibleMs, `message ${message.number}`, () => {
      visible.push(message);
      receive();
    });
  }

  /** Reads a batch of what is visible. */
  function receive(): void {
    const most = Math.min(visible.length, deliveryBatches.batchSize);
    const batch = visible.splice(0, most - world.choices.among(most));
    if (visible.length > 0)
      world.plan(world.nowMs(), 'the rest of the queue', () => {
        if (visible.length > 0) receive();
      });
    const fresh = batch.filter((message) => {
      const isDead = message.receives === maxReceives;
      if (isDead) deadLetters.push(message);
      return !isDead;
    });
    if (fresh.length === 0) return;
    const records = fresh.map(({ number, body }) => ({ messageId: String(number), body }));
    const twice = world.choices.rarely(mischief(), fresh.length);
    if (twice > 0) {
      world.note('fault', 'queue', `message ${fresh[twice - 1]!.number} comes twice`);
      put({ ...fresh[twice - 1]!, visibleMs: world.nowMs() });
    }
    void deliver(records)
      .catch(() => records.map(({ messageId }) => messageId))
      .then((failed) => {
        for (const message of fresh) if (failed.includes(String(message.number))) putBack(message);
      });
  }

  function putBack(message: Message): void {
    put({ ...message, visibleMs: world.nowMs() + visibilitySeconds * 1000, receives: message.receives + 1 });
  }

  return {
    deadLetters,
    /** Performs `SendMessageBatch`. */
    handle({ input }: Command): unknown {
      const entries: { Id: string; MessageBody: string; DelaySeconds?: number }[] = input['Entries'];
      for (const { MessageBody: body, DelaySeconds: delay = 0 } of entries) {
        put({ number: (sent += 1), body, visibleMs: world.nowMs() + delay * 1000, receives: 0 });
      }
      return { Successful: entries.map(({ Id }) => ({ Id })), Failed: [] };
    },
  };
}
