/** A list or map has these bytes of its own, and one more for each thing in it. */
const containerBytes = 3;
/** The longest: 38 digits, two to a byte, and a byte for sign and exponent. */
const numberBytes = 21;

/**
 * Size of a value as DynamoDB counts it, rounded up: text in UTF-8, without the escapes that JSON would add.
 * docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function storedBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return numberBytes;
  if (value === undefined) return 0;
  if (typeof value !== 'object' || value === null) return 1;
  if (Array.isArray(value) || value instanceof Set) return sum([...value].map((item) => 1 + storedBytes(item)));
  return sum(Object.entries(value).map(([key, item]) => 1 + Buffer.byteLength(key) + storedBytes(item)));
}

function sum(parts: readonly number[]): number {
  return parts.reduce((total, part) => total + part, containerBytes);
}
