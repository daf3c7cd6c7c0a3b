import { besidePace, busyPace, idlePace, noteRead, requestsPerMinute } from '../../dashboard/src/api/pace';
import { watchPresence } from '../../dashboard/src/api/presence';

const minuteMs = 60_000;
let now = 0;
let touch: () => void = () => undefined;
let returns = 0;

beforeAll(() => {
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  Object.assign(globalThis, { addEventListener: (_sign: string, listener: () => void) => (touch = listener) });
  watchPresence(() => (returns += 1));
});
beforeEach(() => {
  now += 600 * minuteMs;
  touch();
  returns = 0;
});

/** The reads of one minute in which the next one follows as `pace` says. */
function readsOfMinute(pace: () => number): number {
  const end = now + minuteMs;
  let reads = 0;
  for (; now < end; now += pace()) {
    noteRead();
    reads += 1;
  }
  return reads;
}

test('an idle page with something beside it keeps its budget', () => {
  expect(readsOfMinute(idlePace) + readsOfMinute(besidePace)).toBeLessThanOrEqual(requestsPerMinute.idle);
});

test('what has just begun is read every second, and then every five', () => {
  expect(busyPace(0)).toBe(1_000);
  expect(busyPace(11_000)).toBe(5_000);
});

test('a page on which something begins all the time keeps its budget, minute after minute', () => {
  const minutes = [1, 2, 3].map(() => readsOfMinute(() => busyPace(0)));

  expect(Math.max(...minutes)).toBeLessThanOrEqual(requestsPerMinute.busy);
});

test('a page that nobody has touched for an hour is read more rarely, and at once when somebody is back', () => {
  expect(idlePace()).toBe(15_000);
  now += 61 * minuteMs;
  expect([idlePace(), busyPace(0)]).toEqual([minuteMs, 4_000]);
  touch();
  touch();

  expect(returns).toBe(1);
  expect(idlePace()).toBe(15_000);
});
