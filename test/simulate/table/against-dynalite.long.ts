import { play } from './comparison/play';

const requests = 100_000;

test(`the table in memory answers ${requests} random requests as dynalite does, and has the same rows in the end`, async () => {
  const { differences, isSameTable } = await play(requests, 20261130);

  expect(differences).toEqual([]);
  expect(isSameTable).toBe(true);
}, 600_000);
