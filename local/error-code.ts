/** Node's code of an error, such as `ENOENT`. Not by `instanceof`: inside a test the class is another one. */
export function errorCode(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
