/**
 * The exact size of an item as DynamoDB bills it, names and values included. The store's own `storedBytes` is not used,
 * because it rounds up: its purpose is to refuse items that may be too large.
 * docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemBytes(item: Readonly<Record<string, unknown>>): number {
  return sum(
    Object.entries(item)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => Buffer.byteLength(name) + valueBytes(value)),
  );
}

/** A list or map takes 3 bytes, plus 1 for each element. */
const collectionBytes = 3;

function valueBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return numberBytes(value);
  if (value === null || typeof value === 'boolean') return 1;
  if (value instanceof Set) return sum([...value].map(valueBytes));
  if (Array.isArray(value)) return collectionBytes + sum(value.map((element) => 1 + valueBytes(element)));
  if (typeof value === 'object') return collectionBytes + Object.keys(value).length + itemBytes({ ...value });
  throw new Error(`DynamoDB cannot store a ${typeof value}`);
}

/** A number takes one byte, one for every pair of digits counted from the decimal point, and one for a minus sign. */
function numberBytes(value: number): number {
  if (value === 0) return 1;
  const [digits = '', exponent = ''] = Math.abs(value).toExponential().replace('.', '').split('e');
  const straddles = digits.length % 2 === 0 && Number(exponent) % 2 === 0;
  return 1 + Math.ceil(digits.length / 2) + (straddles ? 1 : 0) + (value < 0 ? 1 : 0);
}

function sum(bytes: readonly number[]): number {
  return bytes.reduce((total, one) => total + one, 0);
}
