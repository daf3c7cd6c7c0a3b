import { connectionBroken, interceptDatabase } from '../../support/requests';
import { startRest } from '../../support/rest';
import { noon } from '../../support/builders';
import { keyedCalls, noting, type KeyedCall, type World } from './keyed-calls';

jest.setTimeout(120_000);

const failures = ['request lost', 'answer lost', 'process stops'] as const;
interface Fault {
  readonly failure: (typeof failures)[number];
  /** Counted from the first request to the table that the call makes. */
  readonly at: number;
}

let world: World;
let fault: Fault | undefined;
let requests = 0;
let stop: () => void = () => undefined;

beforeAll(async () => {
  const effects: string[] = [];
  const rest = await startRest((table) =>
    interceptDatabase(noting(table, effects), async (_command, send) => {
      requests += 1;
      if (fault?.at !== requests) return send();
      const { failure } = fault;
      fault = undefined;
      if (failure !== 'request lost') await send();
      if (failure !== 'process stops') throw connectionBroken();
      stop();
      return new Promise(() => undefined);
    }),
  );
  world = { rest, effects };
});
afterAll(() => world.rest.stop());

/** Sends a call with its key, at first with a fault, and repeats it after each lease until it is answered. */
async function repeatUntilAnswered(call: KeyedCall, first?: Fault): Promise<{ answer: any; requests: number }> {
  const { rest, effects } = world;
  // A process that stopped answers nothing any more: each repeat reaches another one.
  const send = () =>
    rest.coldStart()('POST', call.target, {
      token: call.token,
      headers: { 'idempotency-key': 'once' },
      ...(call.body && { body: call.body }),
    });
  effects.length = 0;
  [requests, fault] = [0, first];
  const stopped = new Promise<undefined>((resolve) => (stop = () => resolve(undefined)));
  let answer = await Promise.race([send(), stopped]);
  const made = requests;
  for (let repeats = 0; repeats < 3; repeats += 1) {
    if (answer !== undefined && answer.status < 500) break;
    await call.meanwhile?.();
    rest.clock.advance(61);
    answer = await send();
  }
  return { answer, requests: made };
}

test.each(Object.entries(keyedCalls))(
  '%s has its effect once for its key, wherever its first request is lost',
  async (_name, arrange) => {
    world.rest.clock.set(noon);
    const clean = await arrange(world);
    const { answer, requests: count } = await repeatUntilAnswered(clean);
    expect([answer.status, world.effects.toSorted()]).toEqual([clean.status, clean.effects]);

    for (let at = 1; at <= count; at += 1) {
      for (const failure of failures) {
        world.rest.clock.set(noon);
        const call = await arrange(world);
        const { answer: last } = await repeatUntilAnswered(call, { failure, at });

        expect({ at, failure, status: last.status, effects: world.effects.toSorted() }).toEqual({
          at,
          failure,
          status: call.status,
          effects: call.effects,
        });
      }
    }
  },
);
