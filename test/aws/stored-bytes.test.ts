import { checkItemSize } from '../../functions/aws/database';
import { storedBytes } from '../../functions/aws/stored-bytes';

const attempts = (excerpt: string) =>
  Array.from({ length: 20 }, () => ({ response_excerpt: excerpt, url: `https://a.example/${'x'.repeat(2000)}` }));

test('a delivery can store 20 responses of 4 KB of control characters, which are six times as long in JSON', () => {
  const delivery = { attempts: attempts('\u0001'.repeat(4096)) };

  expect(JSON.stringify(delivery).length).toBeGreaterThan(300 * 1024);
  expect(() => checkItemSize(delivery)).not.toThrow();
});

test('an item over 300 KB is refused before it is sent, and the error names its key', () => {
  const item = { pk: 'T#acme', sk: 'X', text: 'é'.repeat(150 * 1024) };

  expect(() => checkItemSize(item)).toThrow(/^Item T#acme X has \d+ bytes; at most 307200 are stored$/);
});

test.each([
  ['é', 2],
  [12, 21],
  [true, 1],
  [null, 1],
  [undefined, 0],
  [['a', 'bc'], 3 + 2 + 3],
  [new Set([1, 2]), 3 + 22 + 22],
  [{ key: 'value' }, 3 + 1 + 3 + 5],
])('%j takes at most %d bytes', (value, bytes) => {
  expect(storedBytes(value)).toBe(bytes);
});
