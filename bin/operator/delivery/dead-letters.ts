import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { RunCommand } from '../command/run-command';
import type { DeadLetter } from '../deployment/dead-letter-queue';
import { readWholeNumber } from '../terminal/read-argument';
import { printTable, printTime } from '../terminal/table';

const readLimit = readWholeNumber(1, 1000);

export function addDeadLetters(program: CommandUnknownOpts, runCommand: RunCommand): void {
  const deadLetters = program
    .command('dead-letters')
    .description('list and redrive delivery messages that could not be processed');

  deadLetters
    .command('list')
    .description('list dead letters, without removing them')
    .option('--limit <messages>', 'how many to list at most', readLimit, 100)
    .action(
      runCommand(async (session, { limit }) => {
        const letters = await session.deadLetters.list(limit);
        const count = Math.max(letters.length, await session.deadLetters.count());
        const table = printLetters(letters, 'The dead-letter queue is empty.');
        return {
          json: { data: letters.map(viewLetter), count },
          text:
            count > letters.length ? `${table}\n\nThe queue holds about ${count}: raise --limit to see more.` : table,
        };
      }),
    );

  deadLetters
    .command('redrive')
    .description('move dead letters back to the delivery queue, to attempt the deliveries again')
    .option('--limit <messages>', 'how many to move at most', readLimit, 100)
    .addHelpText(
      'after',
      '\nFix the cause first: the log of deliver-webhook names it. A delivery that has ended in the meantime is not sent\n' +
        'again; redeliver it instead. Messages that are not deliveries stay in the dead-letter queue.',
    )
    .action(
      runCommand(async (session, { limit }) => {
        const { moved, left } = await session.deadLetters.redrive(limit, async (letters) => {
          for (const { delivery } of letters)
            await session.record(
              delivery.tenant_id,
              // A batch is moved at once, even if its messages belong to several tenants.
              () => Promise.resolve(delivery.delivery_id),
              (target) => ({ action: 'delivery.redelivered', target, detail: { from: 'dead letters' } }),
            );
        });
        const sentence = `${moved.length} ${moved.length === 1 ? 'message is' : 'messages are'} back in the delivery queue.`;
        return {
          json: { redriven: moved.map(viewLetter), left: left.map(viewLetter) },
          text:
            left.length === 0
              ? sentence
              : `${sentence}\n\nThese stay in the dead-letter queue:\n${printLetters(left, '')}`,
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
