/** A code such as `ESERVFAIL` may be shown and logged. Error messages may not, because they can quote any data. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unknown';
}
