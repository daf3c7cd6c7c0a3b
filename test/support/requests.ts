import type { Database } from '../../functions/aws/database';

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: any;
}

/** Sees each request before it is sent; sends it by calling `send`, or not at all. */
export type Interceptor = (command: Command, send: () => Promise<any>) => Promise<any>;

/** The same client, with every request passing through `intercept`. */
export function around<Client extends { send(command: never): Promise<unknown> }>(
  client: Client,
  intercept: Interceptor,
): Client {
  const send = (command: never) => intercept(command, () => client.send(command));
  return Object.assign(Object.create(client), { send }) as Client;
}

/** The same table, with every request of both clients passing through `intercept`. */
export function intercepted(database: Database, intercept: Interceptor): Database {
  return { ...database, client: around(database.client, intercept), once: around(database.once, intercept) };
}

export interface Counted {
  readonly database: Database;
  /** Requests since the last look, by command: `{ BatchGet: 1, Update: 1, Put: 1 }`. */
  readonly take: () => Record<string, number>;
}

/** Counts requests as DynamoDB bills them: one for each command sent. */
export function counted(database: Database): Counted {
  let requests: Record<string, number> = {};
  return {
    database: intercepted(database, (command, send) => {
      const name = command.constructor.name.replace(/Command$/, '');
      requests[name] = (requests[name] ?? 0) + 1;
      return send();
    }),
    take: () => {
      const taken = requests;
      requests = {};
      return taken;
    },
  };
}

/** Sums what {@link counted} took. */
export function total(requests: Record<string, number>): number {
  return Object.values(requests).reduce((sum, count) => sum + count, 0);
}

export type Failure = 'lost request' | 'lost answer';

/** What a connection that breaks looks like to the stores, after the SDK gave up. */
class ConnectionBroken extends Error {
  override readonly name = 'TimeoutError';
  readonly $metadata = { attempts: 1 };
}

export const connectionBroken = (): Error => new ConnectionBroken('socket hang up');

/**
 * Breaks the connection at the first request that `applies` picks: before it took effect, or after.
 * @returns the table and whether it happened
 */
export function breaking(database: Database, failure: Failure, applies: (command: Command) => boolean) {
  const state = { broken: false };
  const through = intercepted(database, async (command, send) => {
    if (state.broken || !applies(command)) return send();
    state.broken = true;
    if (failure === 'lost answer') await send();
    throw connectionBroken();
  });
  return { database: through, state };
}

/**
 * Sends the first request that `applies` picks twice and hands back the second answer, as the SDK does when the answer to
 * a request that took effect was lost.
 */
export function repeating(database: Database, applies: (command: Command) => boolean): Database {
  let repeated = false;
  return intercepted(database, async (command, send) => {
    if (repeated || !applies(command)) return send();
    repeated = true;
    await send();
    return send();
  });
}

/** Picks what changes a row. */
export const isWrite = ({ constructor: { name } }: Command): boolean => /^(Put|Update|Delete)Command$/.test(name);

/** Picks the put of an idempotency claim. */
export const isClaimPut = ({ input }: Command): boolean => input.Item?.sk === 'CLAIM';

/** Picks the counter's update. */
export const isCount = ({ input }: Command): boolean =>
  String(input.UpdateExpression).includes('last_run_number = last_run_number + :one');

/** Picks the put of a run's row. */
export const isRunPut = ({ input }: Command): boolean =>
  String(input.Item?.pk).endsWith('#RUN') && input.Item.void === undefined;

/** Picks the update that puts a workflow's new version in force. */
export const isNewVersion = ({ input }: Command): boolean =>
  String(input.Key?.sk).startsWith('WORKFLOW#') && String(input.UpdateExpression).includes('#version = :version');

/** Picks the put of a void row. */
export const isVoidPut = ({ input }: Command): boolean => input.Item?.void === true;

/**
 * Holds the first request that `applies` picks until `release` is called; a process that died is one never released.
 * `reached` resolves when the request is held.
 */
export function holding(database: Database, applies: (command: Command) => boolean) {
  let arrive: () => void = () => undefined;
  let release: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => (arrive = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  let held = false;
  const through = intercepted(database, async (command, send) => {
    if (!held && applies(command)) {
      held = true;
      arrive();
      await released;
    }
    return send();
  });
  return { database: through, reached, release };
}
