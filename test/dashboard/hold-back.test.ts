import { holdBack } from '../../dashboard/src/parts/list/arrivals/hold-back';

const down = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, index) => from - index);
const shown = down(25, 1);

test('new rows at the top are held back and counted, and every other row stays where it is', () => {
  expect(holdBack(shown, down(28, 4), String, false)).toEqual({ rows: shown, arrived: 3 });
  expect(holdBack(shown, down(28, 1), String, false)).toEqual({ rows: shown, arrived: 3 });
});

test('a row that stays shows what was read last', () => {
  const before = [{ id: 1, status: 'running' }];
  const after = [
    { id: 2, status: 'queued' },
    { id: 1, status: 'succeeded' },
  ];

  expect(holdBack(before, after, ({ id }) => String(id), true)).toEqual({ rows: [after[1]], arrived: 1 });
});

test('a row that is no longer on the list goes, although new rows are held back', () => {
  expect(holdBack([5, 4, 3, 2], [6, 5, 3, 2], String, true)).toEqual({ rows: [5, 3, 2], arrived: 1 });
  expect(holdBack([5, 4], [6], String, true)).toEqual({ rows: [6], arrived: 0 });
});

test('more new rows than a page holds leave the page as it is', () => {
  expect(holdBack(shown, down(200, 101), String, false)).toEqual({ rows: shown, arrived: 100 });
});

test('nothing is held back from an empty table', () => {
  expect(holdBack([], [2, 1], String, false)).toEqual({ rows: [2, 1], arrived: 0 });
});
