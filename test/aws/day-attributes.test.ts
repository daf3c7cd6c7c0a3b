import {
  attributesBefore,
  beforeAttribute,
  beforeByDay,
  usedAttribute,
  usedByDay,
} from '../../functions/aws/day-attributes';
import { dayOfNumber } from '../../functions/domain/day';

const row = {
  pk: 'T#acme',
  daily_cap: 100,
  due_at: '2026-11-22T12:00:00.000Z',
  [usedAttribute('2026-11-20')]: 2,
  [beforeAttribute('2026-11-20')]: 10,
  [usedAttribute('2026-11-22')]: 5,
  [beforeAttribute('2026-11-22')]: 12,
};

it('a day’s counts are read back under the day they were written for, and nothing else is taken for one', () => {
  expect(Object.keys(row)).toEqual(expect.arrayContaining(['d20261122', 'b20261122']));
  expect(usedByDay(row)).toEqual({ '2026-11-20': 2, '2026-11-22': 5 });
  expect(beforeByDay(row)).toEqual({ '2026-11-20': 10, '2026-11-22': 12 });
});

it('the attributes of the days before a day are found, those of the day itself are not', () => {
  expect(attributesBefore(row, '2026-11-22')).toEqual(['d20261120', 'b20261120']);
  expect(attributesBefore(row, '2026-11-20')).toEqual([]);
});

it.each([
  [10, undefined],
  [11, '2026-11-20'],
  [12, '2026-11-20'],
  [13, '2026-11-22'],
  [99, '2026-11-22'],
])('run number %d is of the day that had begun below it: %s', (number, day) => {
  expect(dayOfNumber(beforeByDay(row), number)).toBe(day);
});
