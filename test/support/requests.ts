import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Database } from '../../functions/aws/database';

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: any;
}

/** Is called with each request before it is sent, and decides whether to send it by calling `send`. */
export type Interceptor = (command: Command, send: () => Promise<any>) => Promise<any>;

/** Returns a client that passes every request through `intercept`. */
export function interceptClient<Client extends { send(command: never): Promise<unknown> }>(
  client: Client,
  intercept: Interceptor,
): Client {
  const send = (command: never) => intercept(command, () => client.send(command));
  return Object.assign(Object.create(client), { send }) as Client;
}

/** Returns the database with every request of both its clients passing through `intercept`. */
export function interceptDatabase(database: Database, intercept: Interceptor): Database {
  return {
    ...database,
    client: interceptClient(database.client, intercept),
    once: interceptClient(database.once, intercept),
  };
}

export interface Counted {
  readonly database: Database;
  /** Returns the requests since the last call, by command: `{ BatchGet: 1, Update: 1, Put: 1 }`. */
  readonly take: () => Record<string, number>;
}

/** Counts requests as DynamoDB bills them: one for each command sent. */
export function counted(database: Database): Counted {
  let requests: Record<string, number> = {};
  return {
    database: interceptDatabase(database, (command, send) => {
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

/** Sums the counts that {@link counted} returned. */
export function total(requests: Record<string, number>): number {
  return Object.values(requests).reduce((sum, count) => sum + count, 0);
}

export type Failure = 'lost request' | 'lost response';

/** The error that stores get for a broken connection after the SDK's last attempt. */
class ConnectionBroken extends Error {
  override readonly name = 'TimeoutError';
  readonly $metadata = { attempts: 1 };
}

export const connectionBroken = (): Error => new ConnectionBroken('socket hang up');

/**
 * Breaks the connection at the first request that `applies` picks: before it took effect, or after.
 * @returns the database, and a state that tells whether the connection was broken
 */
export function breaking(database: Database, failure: Failure, matches: (command: Command) => boolean) {
  const state = { broken: false };
  const through = interceptDatabase(database, async (command, send) => {
    if (state.broken || !matches(command)) return send();
    state.broken = true;
    if (failure === 'lost response') await send();
    throw connectionBroken();
  });
  return { database: through, state };
}

/**
 * Breaks the connection of every DynamoDB client at each request that `matches` picks, before it takes effect. This is
 * for commands that open their own client. `mockRestore` ends it.
 */
export function breakingEveryClient(matches: (command: Command) => boolean): jest.SpyInstance {
  const prototype: any = DynamoDBDocumentClient.prototype;
  const send = Reflect.get(prototype, 'send');
  return jest.spyOn(prototype, 'send').mockImplementation(async function (this: unknown, command: any) {
    if (matches(command)) throw connectionBroken();
    return send.call(this, command);
  });
}

/**
 * Lets `act` happen just before the first request of any DynamoDB client that `matches` picks. This is for commands that
 * open their own client. `mockRestore` ends it.
 */
export function beforeFirst(matches: (command: Command) => boolean, act: () => Promise<unknown>): jest.SpyInstance {
  const prototype: any = DynamoDBDocumentClient.prototype;
  const send = Reflect.get(prototype, 'send');
  let happened = false;
  return jest.spyOn(prototype, 'send').mockImplementation(async function (this: unknown, command: any) {
    if (!happened && matches(command)) {
      happened = true;
      await act();
    }
    return send.call(this, command);
  });
}

/**
 * Sends the first matching request twice and returns the second response, as the SDK does when the response to a
 * request that took effect was lost.
 */
export function repeating(database: Database, matches: (command: Command) => boolean): Database {
  let repeated = false;
  return interceptDatabase(database, async (command, send) => {
    if (repeated || !matches(command)) return send();
    repeated = true;
    await send();
    return send();
  });
}

/** Matches every write of a row. */
export const isWrite = ({ constructor: { name } }: Command): boolean => /^(Put|Update|Delete)Command$/.test(name);

/** Matches the put of an idempotency claim. */
export const isClaimPut = ({ input }: Command): boolean => input.Item?.sk === 'CLAIM';

/** Matches the update that counts a run. */
export const isCounterUpdate = ({ input }: Command): boolean =>
  String(input.UpdateExpression).includes('last_run_number = last_run_number + :one');

/** Matches the put of a run's row. */
export const isRunPut = ({ input }: Command): boolean =>
  String(input.Item?.pk).endsWith('#RUN') && input.Item.void === undefined;

/** Matches the update that makes a new version the current one of its workflow. */
export const isNewVersion = ({ input }: Command): boolean =>
  String(input.Key?.sk).startsWith('WORKFLOW#') && String(input.UpdateExpression).includes('#version = :version');

/** Matches the put of a void row. */
export const isVoidPut = ({ input }: Command): boolean => input.Item?.void === true;

/**
 * Holds the first request that `applies` picks until `release` is called; a process that died is one never released.
 * `reached` resolves when the request is held.
 */
export function holding(database: Database, matches: (command: Command) => boolean) {
  let arrive: () => void = () => undefined;
  let release: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => (arrive = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  let held = false;
  const through = interceptDatabase(database, async (command, send) => {
    if (!held && matches(command)) {
      held = true;
      arrive();
      await released;
    }
    return send();
  });
  return { database: through, reached, release };
}
