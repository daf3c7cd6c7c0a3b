import {
  giveTurns,
  hostPerSecond,
  paceEndsAt,
  type Pace,
  type ReadyAttempt,
} from '../../../functions/domain/delivery/pace';

const start = 1_800_000_000;

const ready = (endpointId: string, perSecond = 10, hasWaited = false): ReadyAttempt => ({
  endpointId,
  perSecond,
  hasWaited,
});

/**
 * Lets attempts ask for their turns in batches of ten, and those that wait ask again at their turn, until all are made.
 *
 * @param lateness seconds by which an attempt comes too late
 * @returns the attempts made in each second by endpoint, and how often somebody waited
 */
function play(fresh: readonly ReadyAttempt[], lateness: () => number = () => 0) {
  let pace: Pace | undefined;
  let waits = 0;
  const made: Record<number, Record<string, number>> = {};
  const coming = new Map<number, ReadyAttempt[]>([[start, [...fresh]]]);
  while (coming.size > 0) {
    const second = Math.min(...coming.keys());
    const here = coming.get(second) ?? [];
    coming.delete(second);
    for (let from = 0; from < here.length; from += 10) {
      const batch = here.slice(from, from + 10);
      const given = giveTurns(pace, batch, second);
      pace = given.pace;
      for (const [index, turn] of given.turns.entries()) {
        const one = batch[index]!;
        if (turn === 'now') {
          const ofSecond = (made[second - start] ??= {});
          ofSecond[one.endpointId] = (ofSecond[one.endpointId] ?? 0) + 1;
        } else {
          waits += 1;
          const back = turn + lateness();
          coming.set(back, [...(coming.get(back) ?? []), { ...one, hasWaited: true }]);
        }
      }
    }
  }
  return { made, waits };
}

const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, count) => total + count, 0);
const attempts = (endpointId: string, count: number, perSecond?: number) =>
  Array.from({ length: count }, () => ready(endpointId, perSecond));

test('2,500 attempts at 10 a second are all made within 250 seconds, and each waits once at most', () => {
  const { made, waits } = play(attempts('a', 2500));

  expect(Object.values(made).map(sum)).toEqual(Array.from({ length: 250 }, () => 10));
  expect(waits).toBe(2490);
});

test('an endpoint below its rate never waits', () => {
  let pace: Pace | undefined;
  for (let second = start; second < start + 100; second += 1) {
    const given = giveTurns(pace, attempts('a', 10), second);
    expect(new Set(given.turns)).toEqual(new Set(['now']));
    pace = given.pace;
  }
});

test('an attempt that comes later stands behind those that wait', () => {
  const { pace } = giveTurns(undefined, attempts('a', 25), start);

  expect(giveTurns(pace, [ready('a')], start + 1).turns).toEqual([start + 2]);
  expect(giveTurns(pace, [ready('a', 10, true)], start + 1).turns).toEqual(['now']);
});

test('an endpoint that is slow does not hold up another one with the same host', () => {
  const { pace } = giveTurns(undefined, attempts('slow', 600, 1), start);

  expect(giveTurns(pace, [ready('quick')], start + 1).turns).toEqual(['now']);
});

test.each([
  ['ten endpoints at the usual rate', Array.from({ length: 10 }, (_, n) => attempts(`e${n}`, 200))],
  ['slow and fast endpoints', [attempts('a', 60, 1), attempts('b', 500, 50), attempts('c', 300, 7)]],
  ['fifty endpoints', Array.from({ length: 50 }, (_, n) => attempts(`e${n}`, 20))],
])('%s at one host together stay below the rate of the host, and all attempts are made', (_what, endpoints) => {
  const all = endpoints.flat();
  const rates = new Map(all.map(({ endpointId, perSecond }) => [endpointId, perSecond]));

  const { made, waits } = play(all);

  expect(Object.values(made).reduce((total, of) => total + sum(of), 0)).toBe(all.length);
  for (const of of Object.values(made)) {
    expect(sum(of)).toBeLessThanOrEqual(hostPerSecond);
    for (const [id, count] of Object.entries(of)) expect(count).toBeLessThanOrEqual(rates.get(id)!);
  }
  expect(waits).toBeLessThanOrEqual(2 * all.length);
});

test.each([
  ['all come a little late', () => 3],
  ['some come late', randomly(4)],
  ['all come a minute late', () => 60],
])('no second has more than the rate and all attempts are made if %s', (_when, lateness) => {
  const { made, waits } = play(attempts('a', 1000), lateness);

  expect(Object.values(made).reduce((total, of) => total + sum(of), 0)).toBe(1000);
  expect(Math.max(...Object.values(made).map(sum))).toBe(10);
  expect(waits).toBeLessThanOrEqual(2000);
});

test('600 attempts whose turns passed while nothing was sent are made at the rate, not at once', () => {
  const { pace } = giveTurns(undefined, attempts('a', 610), start);

  const { turns } = giveTurns(
    pace,
    attempts('a', 600).map((one) => ({ ...one, hasWaited: true })),
    start + 120,
  );

  expect(turns.filter((turn) => turn === 'now')).toHaveLength(10);
  expect(Math.max(...turns.filter((turn) => turn !== 'now'))).toBe(start + 120 + 59);
});

test('a sender whose clock is behind counts in the second that the others are in', () => {
  const { pace } = giveTurns(undefined, attempts('a', 10), start + 1);

  expect(giveTurns(pace, [ready('a')], start).turns).toEqual([start + 2]);
});

test('a lower rate is in force for attempts that are given their turn afterwards', () => {
  const { pace } = giveTurns(undefined, attempts('a', 20), start);

  expect(giveTurns(pace, attempts('a', 3, 1), start).turns).toEqual([start + 2, start + 3, start + 4]);
});

test('nothing of a pace matters after the last turn', () => {
  const { pace } = giveTurns(undefined, attempts('a', 25), start);

  expect(paceEndsAt(pace)).toBe(start + 3);
});

/** Whole numbers below `below`, the same ones in every run. */
function randomly(below: number): () => number {
  let state = 7;
  return () => (state = (state * 48_271) % 2_147_483_647) % below;
}
