/** Node's code of an error, such as `ENOENT`. `instanceof Error` would fail in Jest, where tests have another Error. */
export function errorCode(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
