import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Connect } from '../../../functions/guard/connect';
import { raceToConnect } from '../../../functions/guard/race-to-connect';
import { closeServer, listenOnLoopback, loopback } from '../../../local/listen';
import { Transient } from '../faults';
import { beginNonSdkCall } from './recorder';

/** A webhook request as it arrived. */
export interface Arrival {
  readonly path: string;
  readonly webhookId: string;
  readonly body: string;
  /** Size of the request on the wire, without the overhead of the connection. */
  readonly bytes: number;
}

/** What happens to a request that was read: a response with this status, a closed connection, or no response. */
type Outcome = number | 'hang_up' | 'silence';
type Receive = (arrival: Arrival) => number;

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;

/** Starts the server that receives every webhook. It tells simulations apart by the port of the connection. */
export async function startReceiver() {
  const connections = new Map<number | undefined, { receive: Receive; injected: Outcome | undefined }>();

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const connection = connections.get(request.socket.remotePort);
    const body = await text(request);
    const status = connection?.receive({
      path: request.url ?? '',
      webhookId: String(request.headers['webhook-id']),
      body,
      bytes: bytesOf(request, body),
    });
    const outcome: Outcome = connection?.injected ?? status ?? 404;
    if (outcome === 'hang_up') request.socket.destroy();
    else if (outcome !== 'silence') response.writeHead(outcome).end();
  }

  const server = createServer((request, response) => void respond(request, response));
  const port = await listenOnLoopback(server, 0);

  return {
    origin: `http://${loopback}:${port}`,
    /** Connects a simulation's function to the server. The connection is an injection point like any other call. */
    connectTo:
      (receive: Receive): Connect =>
      async ({ path }, signal) => {
        const fault = beginNonSdkCall(`connect ${path}`);
        if (fault === 'refused' || fault === 'process_stops' || fault === 'execution_lost')
          throw new Transient('ECONNREFUSED');
        const socket = await raceToConnect([loopback], (host) => connect({ host, port }), signal);
        connections.set(socket.localPort, { receive, injected: fault && faultOutcomes[fault] });
        return socket;
      },
    stop: () => closeServer(server),
  };
}

function bytesOf({ url = '', rawHeaders }: IncomingMessage, body: string): number {
  // Each name is followed by `: ` and each value by `\r\n`: two bytes per element of the array.
  const headers = rawHeaders.reduce((bytes, text) => bytes + Buffer.byteLength(text) + 2, 0);
  return `POST ${url} HTTP/1.1\r\n\r\n`.length + headers + Buffer.byteLength(body);
}

const faultOutcomes = { response_lost: 'hang_up', timed_out: 'silence', throttled: 429 } as const;
