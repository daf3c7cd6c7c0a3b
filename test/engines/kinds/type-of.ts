/** DynamoDB's name of the type in which the document client stores a value. */
export function typeOf(value: unknown): string {
  if (value === null) return 'NULL';
  if (value instanceof Uint8Array) return 'B';
  if (value instanceof Set) return `${typeOf([...value][0])}S`;
  if (Array.isArray(value)) return 'L';
  switch (typeof value) {
    case 'string':
      return 'S';
    case 'number':
    case 'bigint':
      return 'N';
    case 'boolean':
      return 'BOOL';
    default:
      return 'M';
  }
}
