import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Connect } from '../../../functions/deliver-webhook/connect';
import { closeServer, listenOnLoopback, loopback } from '../../../local/listen';
import { Transient } from '../faults';
import { beginCall } from './recorder';

/** A webhook as it arrived. */
export interface Arrival {
  readonly path: string;
  readonly webhookId: string;
  readonly body: string;
  /** What the request took on the wire, without the connection's own. */
  readonly bytes: number;
}

/** What becomes of a request that was read: a status, or no answer. */
type Answer = number | 'hang_up' | 'silence';
type Receive = (arrival: Arrival) => number;

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;

/** The other end of every webhook: one server, which tells the worlds apart by the port they call from. */
export async function startReceiver() {
  const callers = new Map<number | undefined, { receive: Receive; harm: Answer | undefined }>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const caller = callers.get(request.socket.remotePort);
    const body = await text(request);
    const status = caller?.receive({
      path: request.url ?? '',
      webhookId: String(request.headers['webhook-id']),
      body,
      bytes: bytesOf(request, body),
    });
    const act: Answer = caller?.harm ?? status ?? 404;
    if (act === 'hang_up') request.socket.destroy();
    else if (act !== 'silence') response.writeHead(act).end();
  }

  const server = createServer((request, response) => void answer(request, response));
  const port = await listenOnLoopback(server, 0);

  return {
    origin: `http://${loopback}:${port}`,
    /** How a world's function connects: a call like any other. */
    connectTo:
      (receive: Receive): Connect =>
      ({ url }) => {
        const fault = beginCall(`connect ${url.pathname}`);
        if (fault === 'refused' || fault === 'process_stops' || fault === 'execution_lost') return refused();
        const socket = connect({ host: loopback, port });
        socket.once('connect', () => callers.set(socket.localPort, { receive, harm: fault && harms[fault] }));
        return socket;
      },
    stop: () => closeServer(server),
  };
}

function bytesOf({ url = '', rawHeaders }: IncomingMessage, body: string): number {
  // A name is followed by a colon and a blank, a value by the end of the line; a blank line ends the head.
  const headers = rawHeaders.reduce((bytes, text) => bytes + Buffer.byteLength(text) + 2, 0);
  return `POST ${url} HTTP/1.1\r\n\r\n`.length + headers + Buffer.byteLength(body);
}

const harms = { answer_lost: 'hang_up', timed_out: 'silence', throttled: 429 } as const;

function refused(): Socket {
  const socket = new Socket();
  process.nextTick(() => socket.destroy(new Transient('ECONNREFUSED')));
  return socket;
}
