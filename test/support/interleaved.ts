import type { Database } from '../../functions/aws/database';
import { interceptDatabase } from './requests';

/** A concurrent writer that sends requests to the table, one after another. */
type Process = (database: Database) => Promise<unknown>;

/**
 * Runs processes concurrently in a fixed interleaving of their requests: `turns` lists whose request is sent next, and
 * `afterWrite` runs after each request that may have changed the table. Turns of a process that has ended are skipped.
 * A process that gets too few turns never ends, as if it had crashed there.
 *
 * @returns the result or error of each process; undefined for one that did not end
 */
export async function interleaved(
  database: Database,
  processes: readonly Process[],
  turns: readonly number[],
  afterWrite: () => Promise<void>,
): Promise<unknown[]> {
  const started = processes.map((process) => startPaused(database, process));
  for (const turn of turns) {
    const { nextRequest } = started[turn]!;
    const request = await nextRequest();
    if (request === undefined) continue;
    await request.send();
    // Lets the process handle the response, up to its next request.
    await nextRequest();
    if (!/^(Get|BatchGet|Query)Command$/.test(request.name)) await afterWrite();
  }
  return started.map(({ ended }) => ended.value);
}

function startPaused(database: Database, process: Process) {
  const pending: { readonly name: string; readonly send: () => Promise<void> }[] = [];
  const ended = { yet: false, value: undefined as unknown };
  let wake: () => void = () => undefined;
  const through = interceptDatabase(database, ({ constructor: { name } }, send) => {
    return new Promise((resolve, reject) => {
      pending.push({
        name,
        send: async () => {
          pending.shift();
          await send().then(resolve, reject);
        },
      });
      wake();
    });
  });
  void process(through)
    .catch((error: unknown) => error)
    .then((value) => {
      Object.assign(ended, { yet: true, value });
      wake();
    });
  /** Waits for the next request of this process; undefined if it ends instead. */
  const nextRequest = async () => {
    while (pending.length === 0 && !ended.yet) await new Promise<void>((resolve) => (wake = resolve));
    return pending[0];
  };
  return { nextRequest, ended };
}

/** All interleavings of processes that send these numbers of requests. */
export function allOrders(requests: readonly number[]): number[][] {
  if (requests.every((remaining) => remaining === 0)) return [[]];
  return requests.flatMap((remaining, index) =>
    remaining === 0 ? [] : allOrders(requests.with(index, remaining - 1)).map((rest) => [index, ...rest]),
  );
}
