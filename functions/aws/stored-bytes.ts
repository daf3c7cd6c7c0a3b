/** The overhead of a list or map in bytes; each element adds one more. */
const containerBytes = 3;
/** The size of the longest number: 38 digits, two in a byte, and one byte for sign and exponent. */
const numberBytes = 21;

/**
 * The size of a value as DynamoDB counts it, rounded up: text in UTF-8, without the escapes that JSON would add.
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
