import { seededRandom } from '../random';
import { randomChoices, replayedChoices } from './choices';

test('a seed decides the same each time, and another seed something else', () => {
  const decide = (seed: number) => {
    const choices = randomChoices(seededRandom(seed));
    return Array.from({ length: 50 }, () => choices.rarely(0.5, 9) + choices.among(100));
  };

  expect(decide(7)).toEqual(decide(7));
  expect(decide(7)).not.toEqual(decide(8));
});

test('what is rare happens as often as it should', () => {
  const choices = randomChoices(seededRandom(1));
  const decided = Array.from({ length: 10_000 }, () => choices.rarely(0.1, 4));

  const others = [1, 2, 3, 4].map((other) => decided.filter((decision) => decision === other).length);

  expect(others.every((count) => count > 150 && count < 350)).toBe(true);
  expect(decided.filter((decision) => decision === 0).length).toBeGreaterThan(8_700);
});

test('decisions are repeated, cut to what is possible now, and harmless after the last one', () => {
  const choices = replayedChoices([3, 9, 1]);

  expect([choices.rarely(0, 5), choices.among(4), choices.rarely(0, 5), choices.among(4)]).toEqual([3, 3, 1, 0]);
  expect(choices.made).toEqual([3, 3, 1, 0]);
});
