import { load } from './load';

test('of 200 runs accepted at once by four tenants nothing is lost, although the product is killed in the middle', async () => {
  const figures = await load({
    runs: 200,
    kills: 1,
    withKeys: false,
    settleAtOnce: true,
  });

  expect(figures.wrong).toEqual([]);
  expect(figures).toMatchObject({
    kills: 1,
    counted: figures.rows,
    deliveries: figures.rows,
    by_status: { succeeded: figures.rows },
  });
}, 300_000);
