/** Codes such as `ESERVFAIL` are ours to show and log; messages may quote anything. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'unknown';
}
