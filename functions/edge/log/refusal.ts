import { ProductError } from '../../domain/errors';
import { traceIdOf } from '../../domain/traceparent';
import type { HttpRequest } from '../http/request';
import { errorFields, type Log } from './log';

/** Logs one line for each refused request, the same for every door. Only a failure on our side includes its cause. */
export function logRefusal(
  { log, now }: { readonly log: Log; readonly now: () => Date },
  { caller, requestId, ip, startedAtMs, traceparent }: HttpRequest,
  refused: { readonly code: string; readonly operation: string | undefined; readonly error?: unknown },
): void {
  const { code, operation, error } = refused;
  const ours = code === 'internal' || code === 'unavailable';
  const cause = error instanceof ProductError && error.cause !== undefined ? error.cause : error;
  log(
    ours ? 'error' : 'info',
    {
      event: 'request_refused',
      code,
      tenant: caller?.tenantId,
      request_id: requestId,
      ms: now().getTime() - startedAtMs,
      operation,
      channel: caller?.channel,
      ip,
      trace: traceIdOf(traceparent),
      ...(ours && errorFields(cause)),
    },
    { Refused: 1 },
  );
}
