import { plantedBugs, smallScopes } from './models';
import { search, type Model } from './search';

test.each(smallScopes)('$model promises nothing that a crash or a late write breaks: $name', ({ run }) => {
  const { fault, states } = run();

  expect(fault).toBeUndefined();
  expect(states).toBeGreaterThan(1000);
});

test.each(plantedBugs)('the model of $model tells the story of a planted bug: $name', ({ run, found }) => {
  const { fault } = run();

  expect(fault?.sentence).toMatch(found);
  expect(fault?.story.length).toBeGreaterThan(0);
});

/** A counter that goes up by one or two, and stops at five. */
const counting: Model<number> = {
  initial: 0,
  steps: (count) => [1, 2].flatMap((by) => (count + by <= 5 ? [{ name: `add ${by}`, to: count + by }] : [])),
  key: String,
  broken: () => undefined,
  isDone: (count) => count === 5,
};

describe('a search', () => {
  test('visits each state once and tries every step', () => {
    expect(search(counting)).toEqual({ states: 6, transitions: 9, depth: 3, fault: undefined });
  });

  test('tells the shortest story of a state that breaks an invariant', () => {
    const { fault } = search({ ...counting, broken: (count) => (count === 4 ? 'four' : undefined) });

    expect(fault).toEqual({ sentence: 'four', story: ['add 2', 'add 2'] });
  });

  test('names the nearest state from which the work can never be done', () => {
    const { fault } = search({ ...counting, isDone: (count) => count === 3 });

    expect(fault).toEqual({ sentence: 'from here the work can never be done', story: ['add 2', 'add 2'] });
  });

  test('refuses to end early, because that would prove nothing', () => {
    expect(() => search(counting, 4)).toThrow('More than 4 states');
  });
});
