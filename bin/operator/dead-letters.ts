import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { DeadLetter } from './dead-letter-queue';
import type { Perform } from './perform';
import { printTable, printTime } from './print-table';
import { readWholeNumber } from './read-argument';

const readLimit = readWholeNumber(1, 1000);

export function addDeadLetters(program: CommandUnknownOpts, perform: Perform): void {
  const deadLetters = program
    .command('dead-letters')
    .description('list and redrive delivery messages that could not be processed');

  deadLetters
    .command('list')
    .description('list dead letters; they stay where they are')
    .option('--limit <messages>', 'at most so many', readLimit, 100)
    .action(
      perform(async (session, { limit }) => {
        const letters = await session.deadLetters.list(limit);
        const count = Math.max(letters.length, await session.deadLetters.count());
        const table = printLetters(letters, 'The dead-letter queue is empty.');
        return {
          json: { data: letters.map(viewLetter), count },
          text: count > letters.length ? `${table}\n\nAbout ${count} in all: raise --limit.` : table,
        };
      }),
    );

  deadLetters
    .command('redrive')
    .description('send dead letters back to the delivery queue, to be attempted again')
    .option('--limit <messages>', 'at most so many', readLimit, 100)
    .addHelpText(
      'after',
      '\nMend the cause first: see the log of deliver-webhook. A delivery that has ended meanwhile is not sent again;\n' +
        'for that, redeliver it. Messages that are no deliveries stay in the dead-letter queue.',
    )
    .action(
      perform(async (session, { limit }) => {
        const { moved, left } = await session.deadLetters.redrive(limit, async (letters) => {
          for (const { delivery } of letters)
            await session.record(
              delivery.tenant_id,
              // A batch of messages is moved at once, whatever tenants they are of.
              async () => delivery.delivery_id,
              (target) => ({ action: 'delivery.redelivered', target, detail: { from: 'dead letters' } }),
            );
        });
        const sentence = `${moved.length} ${moved.length === 1 ? 'message is' : 'messages are'} back in the delivery queue.`;
        return {
          json: { redriven: moved.map(viewLetter), left: left.map(viewLetter) },
          text: left.length === 0 ? sentence : `${sentence}\n\nStill dead letters:\n${printLetters(left, '')}`,
        };
      }),
    );
}

function viewLetter({ messageId, sentAt, delivery }: DeadLetter) {
  return {
    message_id: messageId,
    sent_at: sentAt,
    tenant_id: delivery?.tenant_id ?? null,
    delivery_id: delivery?.delivery_id ?? null,
    attempts: delivery?.attempts ?? null,
  };
}

function printLetters(letters: readonly DeadLetter[], empty: string): string {
  const rows = letters.map(({ messageId, sentAt, delivery }) => [
    messageId,
    printTime(sentAt),
    delivery?.tenant_id ?? 'not a delivery',
    delivery?.delivery_id,
  ]);
  return printTable(['message', 'sent', 'tenant', 'delivery'], rows, empty);
}
