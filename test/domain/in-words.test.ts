import { allOf, anyOf } from '../../functions/domain/in-words';

test.each([
  [[], '', ''],
  [['a'], 'a', 'a'],
  [['a', 'b'], 'a and b', 'a or b'],
  [['a', 'b', 'c'], 'a, b and c', 'a, b or c'],
])('%j reads as a list in a sentence', (words, all, any) => {
  expect([allOf(words), anyOf(words)]).toEqual([all, any]);
});
