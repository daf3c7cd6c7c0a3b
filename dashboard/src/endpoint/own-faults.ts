import { isEmpty, type Pair } from './draft';

/**
 * What is wrong with rows that cannot be sent, because in the body a header's name is a key. The API judges everything
 * else.
 *
 * @returns the fault of each row that has one, by its index
 */
export function unsendableHeaders(headers: readonly Pair[]): ReadonlyMap<number, string> {
  const faults = new Map<number, string>();
  const seen = new Set<string>();
  for (const [index, pair] of headers.entries()) {
    const name = pair[0].trim();
    if (isEmpty(pair)) continue;
    if (name === '') faults.set(index, 'Enter a name, or remove this header.');
    else if (seen.has(name)) faults.set(index, 'This name is in the list twice; remove one.');
    seen.add(name);
  }
  return faults;
}
