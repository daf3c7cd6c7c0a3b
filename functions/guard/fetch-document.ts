import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import type { Socket } from 'node:net';
import { checkInTime } from './check-in-time';
import type { GuardDeps, Target } from './check-target';
import type { Connect } from './connect';

export interface FetchDeps extends GuardDeps {
  readonly connect: Connect;
  readonly limits: FetchLimits;
}

export interface FetchLimits {
  /** From the DNS look-up to the last byte, however slowly the bytes arrive. */
  readonly totalMs: number;
  readonly maxBytes: number;
}

export interface FetchedDocument {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * Gets one document from a host that a stranger named: only from public addresses, over a connection of its own, without
 * redirects, and no more than the limits allow.
 *
 * @throws Error that says why there is no document, in words that may be shown
 */
export async function fetchDocument(deps: FetchDeps, url: string): Promise<FetchedDocument> {
  const deadline = AbortSignal.timeout(deps.limits.totalMs);
  const checked = await checkInTime(deps, url, deadline);
  if ('error' in checked) throw new Error(checked.error.detail);
  const socket = await deps.connect(checked.target, deadline).catch(() => undefined);
  if (socket === undefined) throw new Error('The host cannot be reached.');
  try {
    const response = await send(socket, checked.target, deadline);
    return {
      status: response.statusCode ?? 0,
      headers: textHeaders(response),
      body: await readBody(response, deps.limits.maxBytes),
    };
  } finally {
    socket.destroy();
  }
}

function send(socket: Socket, { hostname, path }: Target, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error('The host did not answer as a web server does.'));
    // The request attaches its listeners one tick later; an error before that would be unhandled.
    socket.once('error', fail).once('close', fail);
    request({
      method: 'GET',
      host: hostname,
      path,
      headers: { host: hostname, accept: 'application/json', 'accept-encoding': 'identity' },
      signal,
      createConnection: () => socket,
    })
      .on('response', resolve)
      .on('error', fail)
      .end();
  });
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    bytes += part.length;
    if (bytes > maxBytes) throw new Error(`The document has more than ${maxBytes} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function textHeaders({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}
