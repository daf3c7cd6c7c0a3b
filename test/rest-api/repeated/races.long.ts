import type { Context } from 'aws-lambda';
import type { Database } from '../../../functions/aws/database';
import { httpChain } from '../../../functions/edge/http-chain';
import { restRoutes } from '../../../functions/rest-api/routes';
import { noon } from '../../support/builders';
import { anEvent, readReply, type Answer } from '../../support/http-calls';
import { interleaved } from '../../support/interleaved';
import { counted, holding, isClaimPut, total } from '../../support/requests';
import { restDeps, startRest } from '../../support/rest';
import { keyedCalls, noting, type KeyedCall, type World } from './keyed-calls';

jest.setTimeout(120_000);

/** More turns than a call sends requests to the table. */
const toItsEnd = 40;

let world: World;

beforeAll(async () => {
  const effects: string[] = [];
  world = { rest: await startRest((table) => noting(table, effects)), effects };
});
afterAll(() => world.rest.stop());
beforeEach(() => world.rest.clock.set(noon));

/** Sends a call with its key to a process of its own, whose requests to the table go through `database`. */
const send =
  ({ target, token, body }: KeyedCall) =>
  async (database: Database): Promise<Answer> => {
    const deps = { ...restDeps(database, world.rest.clock).deps, signIn: world.rest.deps.signIn };
    const event = anEvent('POST', target, { token, headers: { 'idempotency-key': 'once' }, ...(body && { body }) });
    return readReply(await httpChain(deps, restRoutes(deps))(event, {} as Context));
  };

const times = (count: number, turn: number) => Array.from({ length: count }, () => turn);

/** Sends a call twice at the same moment: the second is answered after the first has sent some of its requests. */
async function sendTwice(call: KeyedCall, requests: number): Promise<Answer[]> {
  world.effects.length = 0;
  const table = noting(world.rest.table, world.effects);
  const turns = [...times(requests, 0), ...times(toItsEnd, 1), ...times(toItsEnd, 0)];
  return (await interleaved(table, [send(call), send(call)], turns, () => Promise.resolve())) as Answer[];
}

/** Sends a call whose process stops once it holds the key, and lets its lease run out. */
async function stopHoldingTheKey(call: KeyedCall): Promise<void> {
  const { database, reached } = holding(world.rest.table, afterClaim());
  void send(call)(database);
  await reached;
  world.rest.clock.advance(61);
}

/** Matches the request that follows the put of a claim. */
function afterClaim() {
  let claimed = false;
  return (command: Parameters<typeof isClaimPut>[0]) => {
    if (claimed) return true;
    claimed = isClaimPut(command);
    return false;
  };
}

/** How many requests to the table a call sends. */
async function requestsOf(arrange: (into: World) => Promise<KeyedCall>): Promise<number> {
  const { database, take } = counted(world.rest.table);
  await send(await arrange(world))(database);
  return total(take());
}

/** Every answer is the call's or asks to wait, and at least one is the call's. */
function expectOneAnswer(answers: readonly Answer[], { status }: KeyedCall): void {
  const codes = answers.map((answer) => (answer.status === status ? 'done' : answer.body.code));
  expect(codes).toContain('done');
  for (const code of codes) expect(['done', 'idempotency_in_progress']).toContain(code);
}

test.each(Object.entries(keyedCalls))(
  '%s has its effect once, wherever an equal request with the same key overtakes it',
  async (_name, arrange) => {
    const count = await requestsOf(arrange);

    for (let requests = 0; requests <= count; requests += 1) {
      const call = await arrange(world);
      const answers = await sendTwice(call, requests);

      expectOneAnswer(answers, call);
      expect([requests, world.effects.toSorted()]).toEqual([requests, call.effects]);
    }
  },
);

test.each(Object.entries(keyedCalls))(
  '%s has its effect once, if two repeats at the same moment find the key of a process that stopped',
  async (_name, arrange) => {
    const count = await requestsOf(arrange);

    for (let requests = 0; requests <= count; requests += 1) {
      world.rest.clock.set(noon);
      const call = await arrange(world);
      await stopHoldingTheKey(call);
      const answers = await sendTwice(call, requests);

      expectOneAnswer(answers, call);
      expect([requests, world.effects.toSorted()]).toEqual([requests, call.effects]);
    }
  },
);
