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

it('the counts of a day are read back for that day, and no other attribute is taken for one', () => {
  expect(Object.keys(row)).toEqual(expect.arrayContaining(['d20261122', 'b20261122']));
  expect(usedByDay(row)).toEqual({ '2026-11-20': 2, '2026-11-22': 5 });
  expect(beforeByDay(row)).toEqual({ '2026-11-20': 10, '2026-11-22': 12 });
});

it('the attributes of all days before a given day are found, but not those of the day itself', () => {
  expect(attributesBefore(row, '2026-11-22')).toEqual(['d20261120', 'b20261120']);
  expect(attributesBefore(row, '2026-11-20')).toEqual([]);
});

it.each([
  [10, undefined],
  [11, '2026-11-20'],
  [12, '2026-11-20'],
  [13, '2026-11-22'],
  [99, '2026-11-22'],
])('run number %d belongs to the latest day that began before it: %s', (number, day) => {
  expect(dayOfNumber(beforeByDay(row), number)).toBe(day);
});
