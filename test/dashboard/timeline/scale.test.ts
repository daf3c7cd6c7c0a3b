import fc from 'fast-check';
import { apart } from '../../../dashboard/src/pages/workflow-run/timeline/axis/apart';
import { foldsIn, lengthOf, type Span } from '../../../dashboard/src/pages/workflow-run/timeline/axis/folds';
import { horizonOf } from '../../../dashboard/src/pages/workflow-run/timeline/axis/horizon';
import { leastApart, marksOf, roughly } from '../../../dashboard/src/pages/workflow-run/timeline/axis/marks';
import { timeScale, type Scale } from '../../../dashboard/src/pages/workflow-run/timeline/axis/scale';

const start = Date.parse('2026-11-30T12:00:00Z');
const secondMs = 1_000;
const hourMs = 3_600 * secondMs;

/** What happens within a time of a millisecond to three days. */
const times = fc
  .record({
    length: fc.oneof(fc.integer({ min: 1, max: 60_000 }), fc.integer({ min: 1, max: 72 * hourMs })),
    parts: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 20_000 })), {
      maxLength: 60,
    }),
  })
  .map(({ length, parts }) => {
    const whole: Span = { from: start, to: start + length };
    const busy = parts.map(([share, lasts]) => {
      const from = start + Math.floor(share * length);
      return { from, to: Math.min(whole.to, from + lasts) };
    });
    return { whole, busy };
  });

const scaleOf = ({ whole, busy }: { whole: Span; busy: readonly Span[] }): Scale =>
  timeScale(whole, foldsIn(busy, whole));

test('a later moment is never drawn further left, and nothing is drawn outside', () => {
  fc.assert(
    fc.property(times, fc.array(fc.double({ min: -0.5, max: 1.5, noNaN: true }), { maxLength: 30 }), (time, shares) => {
      const scale = scaleOf(time);
      const moments = shares.map((share) => time.whole.from + share * lengthOf(time.whole)).sort((a, b) => a - b);
      const drawn = moments.map(scale.at);

      for (const [index, share] of drawn.entries()) {
        expect(share).toBeGreaterThanOrEqual(index === 0 ? 0 : drawn[index - 1]! - 1e-9);
        expect(share).toBeLessThanOrEqual(1);
      }
      expect(scale.at(time.whole.from)).toBe(0);
      expect(scale.at(time.whole.to)).toBeCloseTo(1);
    }),
  );
});

test('time is folded only where nothing happens, and at most seven times', () => {
  fc.assert(
    fc.property(times, ({ whole, busy }) => {
      const folds = foldsIn(busy, whole);

      expect(folds.length).toBeLessThanOrEqual(7);
      for (const fold of folds) {
        expect(lengthOf(fold)).toBeGreaterThanOrEqual(8 * secondMs);
        expect(busy.filter(({ from, to }) => from < fold.to && to > fold.from)).toEqual([]);
        expect(busy.filter(({ from, to }) => from === to && from > fold.from && from < fold.to)).toEqual([]);
      }
      for (const [index, fold] of folds.entries())
        expect(fold.from).toBeGreaterThanOrEqual(index === 0 ? whole.from : folds[index - 1]!.to);
    }),
  );
});

test('what is done gets more room by a fold, never less', () => {
  fc.assert(
    fc.property(times, (time) => {
      const plain = timeScale(time.whole, []);

      expect(scaleOf(time).sharePerMs).toBeGreaterThanOrEqual(plain.sharePerMs * 0.999);
    }),
  );
});

test('the waits of a delivery that is retried for 28 hours are folded, and its first seconds are not', () => {
  const at = [0, 5, 305, 2_105, 9_305, 27_305, 63_305, 99_305].map((seconds) => start + seconds * secondMs);
  const busy = at.map((from) => ({ from, to: from + 200 }));

  const folds = foldsIn(busy, { from: start, to: at.at(-1)! + 200 });

  expect(folds.map(({ from, to }) => roughly(to - from))).toEqual(['5 min', '30 min', '2 h', '5 h', '10 h', '10 h']);
});

test('a wait is not folded in a run that consists of waits of one length', () => {
  const busy = Array.from({ length: 25 }, (_, index) => ({ from: start + index * 60_000, to: start + index * 60_000 }));

  expect(foldsIn(busy, { from: start, to: start + 25 * 60_000 })).toEqual([]);
});

test('a run that lasts no time has a picture too', () => {
  const scale = timeScale({ from: start, to: start + 1 }, []);

  expect([scale.at(start), scale.at(start + 1)]).toEqual([0, 1]);
  expect(marksOf(scale).map(({ label }) => label)).toEqual(['0 s', '1 ms']);
});

test.each([
  [4_000, ['0 s', '1 s', '2 s', '3 s', '4 s']],
  [900, ['0 s', '200 ms', '400 ms', '600 ms', '800 ms']],
  [25 * 60_000, ['0 s', '5 min', '10 min', '15 min', '20 min', '25 min']],
  [20 * hourMs, ['0 s', '3 h', '6 h', '9 h', '12 h', '15 h', '18 h']],
])('an axis of %d ms has round marks', (length, labels) => {
  expect(marksOf(timeScale({ from: start, to: start + length }, [])).map(({ label }) => label)).toEqual(labels);
});

test('marks are inside, in order, far enough apart to be read, and never in a fold', () => {
  fc.assert(
    fc.property(times, (time) => {
      const scale = scaleOf(time);
      const marks = marksOf(scale).map(({ share }) => share);

      for (const [index, share] of marks.entries()) {
        expect(share).toBeGreaterThanOrEqual(index === 0 ? 0 : marks[index - 1]! + leastApart * 0.99);
        expect(share).toBeLessThanOrEqual(1);
        for (const { from, to } of scale.folds) {
          expect(share > scale.at(from) && share < scale.at(to)).toBe(false);
          // The length of the fold is written beside it.
          expect(Math.min(Math.abs(share - scale.at(from)), Math.abs(share - scale.at(to)))).toBeGreaterThan(0.04);
        }
      }
      expect(new Set(marksOf(scale).map(({ label }) => label)).size).toBe(marks.length);
    }),
  );
});

test('marks of attempts cover no other one as long as there is room, keep their order, and stay inside', () => {
  const shares = fc
    .array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 })
    .map((all) => all.sort((a, b) => a - b));
  fc.assert(
    fc.property(shares, (given) => {
      const placed = apart(given, 0.034);
      const gap = Math.min(0.034, 1 / Math.max(1, given.length - 1));

      expect(placed).toHaveLength(given.length);
      for (const [index, share] of placed.entries()) {
        expect(share).toBeGreaterThanOrEqual(index === 0 ? 0 : placed[index - 1]! + gap - 1e-9);
        expect(share).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('marks that are apart stay where they are', () => {
  expect(apart([0.1, 0.5, 1], 0.034)).toEqual([0.1, 0.5, 1]);
  expect(apart([0.5, 0.5], 0.1)).toEqual([0.5, 0.6]);
  expect(apart([1, 1], 0.1)).toEqual([0.9, 1]);
});

test('the picture ends after now, and stays as it is until now has come near', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 72 * hourMs }), (passed) => {
      const end = horizonOf(start, start + passed);

      expect(end).toBeGreaterThan(start + passed);
      expect(end - start).toBeLessThanOrEqual(Math.max(1_500, passed * 2));
    }),
  );
  const ends = Array.from({ length: 100 }, (_, second) => horizonOf(start, start + second * secondMs));
  expect(new Set(ends).size).toBeLessThan(40);
});
