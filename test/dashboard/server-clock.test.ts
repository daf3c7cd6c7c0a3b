import { openServerClock } from '../../dashboard/src/api/server-clock';

const noon = Date.parse('2026-11-30T12:00:00Z');
const hourMs = 3_600_000;

/** A computer whose clock is wrong by `wrongByMs`, beside a server. Both pass the time that the test says. */
function aComputer({ wrongByMs }: { wrongByMs: number }) {
  let passedMs = 0;
  let setByMs = wrongByMs;
  const clock = openServerClock({ ticks: () => 5_000 + passedMs, now: () => noon + passedMs + setByMs });
  return {
    clock,
    pass: (ms: number) => (passedMs += ms),
    set: (ms: number) => (setByMs = ms),
    serverTime: () => noon + passedMs,
    /** An answer that takes as long to come as the request takes to arrive. */
    ask: (roundTripMs = 40) => {
      const sentAt = 5_000 + passedMs;
      passedMs += roundTripMs / 2;
      const date = new Date(noon + passedMs).toUTCString();
      passedMs += roundTripMs / 2;
      clock.learn(date, sentAt);
    },
  };
}

test.each([2 * hourMs, -2 * hourMs, 400 * 24 * hourMs, -400 * 24 * hourMs, 0])(
  'the time of the server is known to the second on a computer that is wrong by %i ms',
  (wrongByMs) => {
    const { clock, ask, pass, serverTime } = aComputer({ wrongByMs });

    ask();
    pass(90_000);

    expect(Math.abs(clock.now() - serverTime())).toBeLessThan(1_000);
  },
);

test('several answers together know the time better than any of them', () => {
  const { clock, ask, pass, serverTime } = aComputer({ wrongByMs: hourMs });

  for (let answer = 0; answer < 20; answer += 1) {
    ask();
    pass(1_010);
  }

  expect(Math.abs(clock.now() - serverTime())).toBeLessThan(60);
});

test('a computer whose clock is set while the page is open still knows the time of the server', () => {
  const { clock, ask, pass, set, serverTime } = aComputer({ wrongByMs: -2 * hourMs });

  ask();
  set(0);
  pass(5_000);

  expect(Math.abs(clock.now() - serverTime())).toBeLessThan(1_000);
});

test('an answer after the computer slept, when its ticks stood still, puts the time right', () => {
  let ticks = 0;
  const clock = openServerClock({ ticks: () => ticks, now: () => noon });
  clock.learn(new Date(noon).toUTCString(), 0);
  ticks += 100;

  clock.learn(new Date(noon + hourMs).toUTCString(), 60);

  expect(Math.abs(clock.now() - noon - hourMs)).toBeLessThan(1_100);
});

test.each([[null], ['yesterday']])('an answer with the date %j teaches nothing', (date) => {
  const clock = openServerClock({ ticks: () => 0, now: () => noon });

  clock.learn(date, 0);

  expect(clock.now()).toBe(noon);
});
