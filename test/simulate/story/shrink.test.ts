import { shrink } from './shrink';

test('of a hundred decisions the one is left that breaks the promise, as small as it can be', async () => {
  const decisions = Array.from({ length: 100 }, (_, index) => (index * 7) % 5);
  const stillBreaks = async (candidate: readonly number[]) =>
    candidate.some((decision) => decision > 2) && (candidate.at(-1) ?? 0) > 0 ? candidate : undefined;

  const { decisions: shrunk } = await shrink([...decisions, 4], stillBreaks);

  expect(shrunk.filter((decision) => decision > 0)).toEqual([3]);
  expect(shrunk).toHaveLength(1);
});

test('a decision that is needed at its place keeps it, with nothing harmful before it', async () => {
  const stillBreaks = async (candidate: readonly number[]) => ((candidate[9] ?? 0) === 4 ? candidate : undefined);

  const { decisions } = await shrink([1, 2, 3, 1, 2, 3, 1, 2, 3, 4, 5, 6], stillBreaks);

  expect(decisions).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 4]);
});
