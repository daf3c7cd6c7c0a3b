import { load } from './load';

test('no run is lost when four tenants trigger 200 runs at once and the product is killed in between', async () => {
  const figures = await load({
    runs: 200,
    kills: 1,
    withKeys: false,
    settleAtOnce: true,
  });

  expect(figures.violations).toEqual([]);
  expect(figures).toMatchObject({
    kills: 1,
    counted: figures.rows,
    deliveries: figures.rows,
    by_status: { succeeded: figures.rows },
  });
}, 300_000);
