import type { Database } from '../../functions/aws/database';
import { intercepted } from './requests';

/** Something that sends requests to the table, one after another. */
type Process = (database: Database) => Promise<unknown>;

/**
 * Lets processes run side by side, one request at a time: `turns` says whose request is next, and `afterWrite` looks at
 * the table after each that may have changed it. The turns of a process that has ended are passed over. One that gets too few turns never ends,
 * as if it had died there.
 *
 * @returns what each process answered or threw, undefined for one that did not end
 */
export async function interleaved(
  database: Database,
  processes: readonly Process[],
  turns: readonly number[],
  afterWrite: () => Promise<void>,
): Promise<unknown[]> {
  const started = processes.map((process) => startHeld(database, process));
  for (const turn of turns) {
    const { nextRequest } = started[turn]!;
    const request = await nextRequest();
    if (request === undefined) continue;
    await request.send();
    // The process goes on with the answer, up to its next request.
    await nextRequest();
    if (!/^(Get|BatchGet|Query)Command$/.test(request.name)) await afterWrite();
  }
  return started.map(({ ended }) => ended.value);
}

function startHeld(database: Database, process: Process) {
  const held: { readonly name: string; readonly send: () => Promise<void> }[] = [];
  const ended = { yet: false, value: undefined as unknown };
  let wake: () => void = () => undefined;
  const through = intercepted(database, ({ constructor: { name } }, send) => {
    return new Promise((resolve, reject) => {
      held.push({
        name,
        send: async () => {
          held.shift();
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
  /** Waits for the next request of this process; undefined when it ended instead. */
  const nextRequest = async () => {
    while (held.length === 0 && !ended.yet) await new Promise<void>((resolve) => (wake = resolve));
    return held[0];
  };
  return { nextRequest, ended };
}

/** Every order in which processes of so many requests can take their turns. */
export function ordersOf(requests: readonly number[]): number[][] {
  if (requests.every((left) => left === 0)) return [[]];
  return requests.flatMap((left, index) =>
    left === 0 ? [] : ordersOf(requests.with(index, left - 1)).map((rest) => [index, ...rest]),
  );
}
