import { User } from 'oidc-client-ts';
import { ApiError } from '../../dashboard/src/api/api-error';
import { SessionEnded } from '../../dashboard/src/session/problems';
import { keepToken, type KeptToken } from '../../dashboard/src/session/token/keeper';
import type { Moment } from '../../dashboard/src/session/token/life';

const hourMs = 3_600_000;
let clockMs = 0;
let ticksMs = 0;

beforeEach(() => {
  clockMs = Date.parse('2026-11-30T12:00:00Z');
  ticksMs = 1_000;
  jest.spyOn(Date, 'now').mockImplementation(() => clockMs);
  jest.spyOn(performance, 'now').mockImplementation(() => ticksMs);
});
afterEach(() => jest.restoreAllMocks());

function pass(ms: number): void {
  clockMs += ms;
  ticksMs += ms;
}

/** A token for an hour, received now unless the test says when. */
function aToken(idToken: string, received: Moment | undefined = { clockMs, ticksMs }): KeptToken {
  const profile = { iss: 'https://id.example.com', sub: 'ada', aud: 'dashboard', iat: 7_200, exp: 10_800 };
  return {
    user: new User({ id_token: idToken, access_token: 'a', token_type: 'Bearer', profile, session_state: null }),
    received,
  };
}

const unreachable = new ApiError({
  title: 'Sign-in service not reached',
  status: 0,
  detail: 'Try again.',
  code: 'unreachable',
  request_id: null,
  errors: [],
});

/** A keeper, before an issuer that answers with these tokens, or refuses, or is away, one after the other. */
function aKeeper(first: KeptToken, ...answers: string[]) {
  const ended: boolean[] = [];
  let asked = 0;
  const keeper = keepToken({
    first,
    renewed: async () => {
      const answer = answers[asked];
      asked += 1;
      await Promise.resolve();
      if (answer === undefined) throw new Error('The issuer was asked once too often.');
      if (answer === 'is away') throw unreachable;
      return answer === 'refuses' ? undefined : aToken(answer);
    },
    ended: (is) => ended.push(is),
  });
  return { keeper, ended, asked: () => asked };
}

test('a token is used for as long as the issuer says, and then renewed', async () => {
  const { keeper, asked } = aKeeper(aToken('one'), 'two');

  pass(hourMs - 60_000);
  expect(await keeper.idToken(true)).toBe('one');
  expect(asked()).toBe(0);
  pass(40_000);
  expect(await keeper.idToken(true)).toBe('two');
});

test.each([2 * hourMs, -2 * hourMs, 400 * 24 * hourMs])(
  'a clock that is set by %i ms while the page is open changes nothing about a token',
  async (ms) => {
    const { keeper, asked } = aKeeper(aToken('one'));

    clockMs += ms;

    expect(await keeper.idToken(true)).toBe('one');
    expect(asked()).toBe(0);
  },
);

test('ten calls at once make one renewal', async () => {
  const { keeper, asked } = aKeeper(aToken('one'), 'two');
  pass(hourMs);

  const tokens = await Promise.all(Array.from({ length: 10 }, () => keeper.idToken(true)));

  expect(new Set(tokens)).toEqual(new Set(['two']));
  expect(asked()).toBe(1);
});

test('ten calls whose token the API refuses make one renewal, however late their refusals come', async () => {
  const { keeper, asked } = aKeeper(aToken('one'), 'two');
  pass(60_000);

  const early = await Promise.all(Array.from({ length: 9 }, () => keeper.renew('one')));
  const late = await keeper.renew('one');

  expect([...early, late]).toEqual(Array.from({ length: 10 }, () => true));
  expect(asked()).toBe(1);
});

test('a token that was received moments ago is not renewed when the API refuses it', async () => {
  const { keeper, asked } = aKeeper(aToken('one'));
  pass(5_000);

  expect(await keeper.renew('one')).toBe(false);
  expect(asked()).toBe(0);
});

test.each([
  ['the clock was set back meanwhile', { clockMs: -2 * hourMs, ticksMs: 5_000 }],
  ['the computer slept meanwhile', { clockMs: 2 * hourMs, ticksMs: 5_000 }],
  ['an hour went by', { clockMs: hourMs, ticksMs: hourMs }],
])('a token that the API refuses is renewed although %s', async (_what, passed) => {
  const { keeper } = aKeeper(aToken('one'), 'two');
  clockMs += passed.clockMs;
  ticksMs += passed.ticksMs;

  expect(await keeper.renew('one')).toBe(true);
  expect(await keeper.idToken(true)).toBe('two');
});

test('a token of which nobody knows when it was received is renewed before it is used', async () => {
  const { keeper } = aKeeper({ ...aToken('one'), received: undefined }, 'two');

  expect(await keeper.idToken(true)).toBe('two');
});

test.each([
  ['is used', 1_000, 'one'],
  ['is renewed once it is over', hourMs, 'two'],
  ['is renewed if the clock was set back meanwhile', -2 * hourMs, 'two'],
])('a token that was received before the page was loaded %s', async (_what, passedMs, token) => {
  const { keeper } = aKeeper(aToken('one', { clockMs, ticksMs: undefined }), 'two');

  clockMs += passedMs;

  expect(await keeper.idToken(true)).toBe(token);
});

test('a refusal of the issuer ends the session, and the next act asks again', async () => {
  const { keeper, ended } = aKeeper(aToken('one'), 'refuses', 'two');
  pass(hourMs);

  await expect(keeper.idToken(false)).rejects.toBeInstanceOf(SessionEnded);
  expect(ended).toEqual([true]);
  expect(await keeper.idToken(false)).toBe('two');
  expect(ended).toEqual([true, false]);
});

test('a page that polls does not ask an issuer that has just refused', async () => {
  const { keeper, asked } = aKeeper(aToken('one'), 'refuses', 'refuses');
  pass(hourMs);

  await expect(keeper.idToken(true)).rejects.toBeInstanceOf(SessionEnded);
  pass(20_000);
  await expect(keeper.idToken(true)).rejects.toBeInstanceOf(SessionEnded);
  expect(asked()).toBe(1);
  pass(20_000);
  await expect(keeper.idToken(true)).rejects.toBeInstanceOf(SessionEnded);
  expect(asked()).toBe(2);
});

test('an issuer that does not answer ends no session, and the next call asks again', async () => {
  const { keeper, ended } = aKeeper(aToken('one'), 'is away', 'two');
  pass(hourMs);

  await expect(keeper.idToken(true)).rejects.toMatchObject({ code: 'unreachable', isTransient: true });
  expect(ended).toEqual([]);
  expect(await keeper.idToken(true)).toBe('two');
});

test.each(['refuses', 'is away'])('a token is used to its very end if the issuer %s', async (answer) => {
  const { keeper, ended } = aKeeper(aToken('one'), answer);

  pass(hourMs - 10_000);

  expect(await keeper.idToken(true)).toBe('one');
  expect(ended).toEqual([]);
});

test('a token that the API has refused is not used again, even if it is not over', async () => {
  const { keeper, ended } = aKeeper(aToken('one'), 'refuses', 'refuses');
  pass(60_000);

  await expect(keeper.renew('one')).rejects.toBeInstanceOf(SessionEnded);
  await expect(keeper.idToken(false)).rejects.toBeInstanceOf(SessionEnded);
  expect(ended).toEqual([true, true]);
});

test('a page that is about to belong to somebody else sends nothing', async () => {
  const { keeper } = aKeeper(aToken('one'));

  keeper.close();

  await expect(keeper.idToken(false)).rejects.toBeInstanceOf(SessionEnded);
  await expect(keeper.renew('one')).rejects.toBeInstanceOf(SessionEnded);
});

test('a token that the issuer gives twice within a second ends no session', async () => {
  const { keeper, ended } = aKeeper(aToken('one', { clockMs, ticksMs: undefined }), 'one');

  expect(await keeper.renew('one')).toBe(true);
  expect(await keeper.idToken(true)).toBe('one');
  expect(ended).toEqual([false]);
});

test('an issuer that gives no new token for one that is over ends the session', async () => {
  const { keeper, ended } = aKeeper(aToken('one'), 'one');
  pass(hourMs);

  await expect(keeper.idToken(true)).rejects.toBeInstanceOf(SessionEnded);
  expect(ended).toEqual([true]);
});
