import type { Database, Row } from '../../../functions/aws/database';
import { interceptDatabase, isWrite } from '../../support/requests';
import { rowAt } from '../../support/table';
import type { TableWrite } from './check-trace';

/** The table, with every write that takes effect added to `writes`. Writes are made one after the other, so none is missed. */
export function traced(table: Database, now: () => Date) {
  const writes: TableWrite[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const database = interceptDatabase(table, (command, send) => {
    if (!isWrite(command)) return send();
    const key = keyOf(command.input.Item ?? command.input.Key);
    const written = last.then(async () => {
      const before = await rowAt(table, key);
      const answer: unknown = await send();
      const after = await rowAt(table, key);
      const call = command.constructor.name.replace(/Command$/, '');
      writes.push({ functionName: 'rest-api', call, key, before, after, now: now(), operator: false });
      return answer;
    });
    last = written.catch(() => undefined);
    return written;
  });
  return { database, writes };
}

function keyOf({ pk, sk }: Row): TableWrite['key'] {
  return { pk: String(pk), sk: String(sk) };
}
