import { findBugs } from '../command/find-bugs';
import { plantedBugs } from './planted-bugs';

test.each(plantedBugs)(
  'found by the promise that it breaks: $name',
  async (bug) => {
    const hunting = { seeds: 100_000, seed: 1, shrink: false, workers: 2 };

    const [hunt] = await findBugs([bug], hunting, () => undefined);

    const promises = hunt?.failure?.broken.map(({ promise }) => promise) ?? [];
    expect(promises.filter((promise) => bug.breaks.includes(promise))).not.toEqual([]);
  },
  1_800_000,
);
