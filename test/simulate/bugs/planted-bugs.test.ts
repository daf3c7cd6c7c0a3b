import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampled } from '../../support/sample';
import { findBugs } from '../command/find-bugs';
import { promiseNames } from '../promises/watch';
import { plantedBugs } from './planted-bugs';

const root = join(__dirname, '..', '..', '..');

test.each(plantedBugs)('the patch still applies: $name', ({ file, find, replace, breaks }) => {
  const found = readFileSync(join(root, file), 'utf8').split(find).length - 1;

  expect(found).toBe(1);
  expect(find).not.toContain('\n');
  expect(replace).not.toContain('\n');
  expect(promiseNames).toEqual(expect.arrayContaining([...breaks]));
});

test('there are enough bugs, enough of them need two, and no two have one name', () => {
  const names = new Set(plantedBugs.map(({ name }) => name));

  expect(names.size).toBe(plantedBugs.length);
  expect(plantedBugs.length).toBeGreaterThanOrEqual(28);
  expect(plantedBugs.filter(({ needs }) => needs === 'two').length).toBeGreaterThanOrEqual(12);
});

test('each promise that an actor could notice is broken by a planted bug', () => {
  const broken = new Set(plantedBugs.flatMap(({ breaks }) => breaks));

  expect(promiseNames.filter((name) => !broken.has(name))).toEqual([]);
});

// Each bug is a bundle of its own. The long tests find all of them.
test('a bug at the cap and one between tenants are found within a few schedules', async () => {
  const wanted = sampled({
    whole: ['asks for any cap', 'takes one token for another'],
    sample: ['takes one token for another'],
  });
  const bugs = plantedBugs.filter(({ name }) => wanted.some((words) => name.includes(words)));

  const hunts = await findBugs(bugs, { seeds: 400, seed: 1, shrink: false, workers: 1 }, () => undefined);

  expect(hunts.map(({ bug, failure }) => failure?.broken.some(({ promise }) => bug.breaks.includes(promise)))).toEqual(
    wanted.map(() => true),
  );
});
