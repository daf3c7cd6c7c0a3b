import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import type { AttemptError } from '../domain/delivery/delivery';
import type { Target } from '../guard/check-target';
import type { Connect } from '../guard/connect';
import { codeOf } from '../guard/error-code';
import { maxAddresses } from '../guard/race-to-connect';
import { readExcerpt } from './read-response';

export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The outcome of one connection. */
export interface Exchanged {
  /** The address that was connected to; null if there was no connection. */
  readonly address: string | null;
  readonly status: number | null;
  readonly retryAfter: string | null;
  readonly excerpt: string | null;
  readonly error: AttemptError | null;
}

export interface ExchangeLimits {
  readonly connectMs: number;
  /** Limit from the DNS look-up to the last byte of the response, however slowly the bytes arrive. */
  readonly totalMs: number;
}

/** How far an exchange got. It decides what an error means. */
interface Progress {
  address: string | null;
  phase: 'connect' | 'tls' | 'answer';
  timedOut: 'connect' | 'total' | null;
  answered: IncomingMessage | null;
}

/**
 * Sends one request over its own connection and reads the response. It follows no redirect, asks for no compression and
 * keeps no connection alive. It never throws: whatever happens is the outcome of the attempt.
 *
 * @param deadline aborts when the total time has passed
 */
export async function exchange(
  connect: Connect,
  target: Target,
  request: WebhookRequest,
  limits: ExchangeLimits,
  deadline: AbortSignal,
): Promise<Exchanged> {
  const progress: Progress = { address: null, phase: 'connect', timedOut: null, answered: null };
  const stop = new AbortController();
  const stopFor = (reason: 'connect' | 'total') => () => {
    progress.timedOut ??= reason;
    stop.abort();
  };
  const onDeadline = stopFor('total');
  deadline.addEventListener('abort', onDeadline);
  if (deadline.aborted) onDeadline();
  const connectTimer = setTimeout(stopFor('connect'), limits.connectMs);
  let socket: Socket | undefined;

  try {
    socket = await connect(target, stop.signal);
    clearTimeout(connectTimer);
    progress.address = socket.remoteAddress ?? null;
    progress.phase = target.isLocalInbox ? 'answer' : 'tls';
    progress.answered = await send(socket, target, request, { progress, signal: stop.signal });
    const excerpt = await readExcerpt(progress.answered);
    return { ...seen(progress), excerpt, error: refusalOf(progress.answered) };
  } catch (error) {
    return { ...seen(progress), excerpt: null, error: whatBroke(error, progress, target, limits) };
  } finally {
    clearTimeout(connectTimer);
    deadline.removeEventListener('abort', onDeadline);
    // Ends the request, too. `stop` stays quiet, because an abort that nobody waits for costs two errors with a stack.
    socket?.destroy();
  }
}

/** Resolves with the head of the response, whose status decides the outcome. */
function send(
  socket: Socket,
  target: Target,
  request: WebhookRequest,
  { progress, signal }: { progress: Progress; signal: AbortSignal },
): Promise<IncomingMessage> {
  const { hostname, port, path, isLocalInbox } = target;
  const open = isLocalInbox ? requestHttp : requestHttps;
  return new Promise((resolve, reject) => {
    // The request attaches its listeners one tick later; an error before that would be unhandled.
    socket.once('error', reject).once('close', () => {
      reject(new Error('The connection closed'));
    });
    socket.once('secureConnect', () => {
      progress.phase = 'answer';
    });
    open({
      method: 'POST',
      host: hostname,
      path,
      headers: {
        ...request.headers,
        host: isLocalInbox ? `${hostname}:${port}` : hostname,
        'content-length': Buffer.byteLength(request.body),
      },
      signal,
      // Accepts what other clients accept, such as bare line feeds or both ways to say the length. That could let one answer
      // pass for two, which does not matter where a connection serves one request.
      insecureHTTPParser: true,
      createConnection: () => socket,
    })
      .on('response', resolve)
      .on('error', reject)
      .end(request.body);
  });
}

function seen({ address, answered }: Progress): Pick<Exchanged, 'address' | 'status' | 'retryAfter'> {
  return { address, status: answered?.statusCode ?? null, retryAfter: answered?.headers['retry-after'] ?? null };
}

function refusalOf({ statusCode = 0 }: IncomingMessage): AttemptError | null {
  if (statusCode >= 200 && statusCode < 300) return null;
  const redirect = statusCode >= 300 && statusCode < 400 ? ' Redirects are not followed; register the final URL.' : '';
  return { class: 'http_status', rule: null, detail: `The receiver answered ${statusCode}.${redirect}` };
}

/** What the parser of HTTP did not understand. */
function reasonOf(error: unknown): string {
  return /Parse Error: (.+)/.exec(String(error))?.[1] ?? 'it cannot be parsed';
}

function whatBroke(
  error: unknown,
  { phase, timedOut }: Progress,
  target: Target,
  limits: ExchangeLimits,
): AttemptError {
  const failed = (kind: AttemptError['class'], detail: string): AttemptError => ({ class: kind, rule: null, detail });
  if (timedOut === 'connect')
    return failed('timeout', `No connection within ${limits.connectMs / 1000} s.${untriedOf(target)}`);
  if (timedOut === 'total') return failed('timeout', `No answer within ${limits.totalMs / 1000} s.`);
  if (codeOf(error) === 'HPE_HEADER_OVERFLOW')
    return failed('response_too_large', 'The headers of the answer have more than 16 KB.');
  if (phase === 'connect') return failed('connect', `No connection (${codeOf(error)}).${untriedOf(target)}`);
  if (phase === 'tls') return failed('tls', `No secure connection (${codeOf(error)}).`);
  if (codeOf(error).startsWith('HPE_'))
    return failed('bad_answer', `The answer is not HTTP: ${reasonOf(error)} (${codeOf(error)}).`);
  return failed('connect', `The connection broke before the answer (${codeOf(error)}).`);
}

/** Explains a failure at a name that has more addresses than are tried, since the rest may well be alive. */
function untriedOf({ addresses }: Target): string {
  return addresses.length > maxAddresses
    ? ` Only ${maxAddresses} of the ${addresses.length} addresses of the host name were tried; remove those that are dead from DNS.`
    : '';
}
