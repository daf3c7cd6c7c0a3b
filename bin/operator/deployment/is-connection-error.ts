const names = new Set(['TimeoutError', 'NetworkingError']);
const codes = /\b(ECONNREFUSED|ECONNRESET|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EPIPE|ETIMEDOUT)\b/;

/** True if a request got no answer at all. */
export function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError && error.errors.some(isConnectionError)) return true;
  // Node repeats its error code in the message, and only the message is left once the SDK has wrapped the error.
  return names.has(error.name) || codes.test(error.message);
}
