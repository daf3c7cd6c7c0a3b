import { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import type { Connect } from '../../../functions/guard/connect';
import type { Invocation } from '../schedule/invocation';
import type { World } from '../schedule/world';

/** A webhook request as it arrived, and what became of it. */
export interface Arrival {
  readonly path: string;
  readonly webhookId: string;
  readonly body: string;
  readonly atMs: number;
  readonly by: Invocation | undefined;
  readonly status: Outcome;
}

/** The status of the answer, or how the connection ended without one. */
export type Outcome = number | 'hangs up' | 'is silent' | 'cannot be reached';

interface ReceiverDeps {
  readonly world: World;
  /** What the receiver at this path does now. */
  readonly outcomeAt: (path: string) => Outcome;
  readonly onArrival: (arrival: Arrival) => void;
}

/** What webhooks connect to, without a network: bytes go in, and the bytes of an answer come out. */
export function simulatedReceiver(current: () => ReceiverDeps): Connect {
  return async ({ path }, signal) => {
    const { world, outcomeAt, onArrival } = current();
    const by = world.goingOn();
    const fail = () =>
      onArrival({ webhookId: '', body: '', path, atMs: world.nowMs(), by, status: 'cannot be reached' });
    signal.addEventListener('abort', fail);
    try {
      return await world.call(
        `connect ${path}`,
        () =>
          new ReceiverSocket((text) => {
            const status = outcomeAt(path);
            onArrival({ ...readRequest(text), path, atMs: world.nowMs(), by, status });
            return status;
          }) as unknown as Socket,
        1,
      );
    } catch (error) {
      fail();
      throw error;
    } finally {
      signal.removeEventListener('abort', fail);
    }
  };
}

function readRequest(text: string): { webhookId: string; body: string } {
  const end = text.indexOf('\r\n\r\n');
  return { webhookId: /^webhook-id: (.*)$/im.exec(text.slice(0, end))?.[1] ?? '', body: text.slice(end + 4) };
}

/** The product's end of a connection, as far as node's HTTP client needs it. */
class ReceiverSocket extends Duplex {
  readonly remoteAddress = '203.0.113.10';
  private received = '';
  private isAnswered = false;

  constructor(private readonly receive: (request: string) => Outcome) {
    super();
  }

  override _read(): void {
    // Everything is pushed when the request is complete.
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.received += chunk.toString();
    done();
    const length = Number(/^content-length: (\d+)$/im.exec(this.received)?.[1] ?? NaN);
    const headEnd = this.received.indexOf('\r\n\r\n');
    if (this.isAnswered || headEnd < 0 || Buffer.byteLength(this.received.slice(headEnd + 4)) < length) return;
    this.isAnswered = true;
    const outcome = this.receive(this.received);
    if (outcome === 'hangs up') this.destroy(Object.assign(new Error('Simulated: ECONNRESET'), { code: 'ECONNRESET' }));
    else if (outcome !== 'is silent') this.push(`HTTP/1.1 ${outcome} Simulated\r\ncontent-length: 0\r\n\r\n`);
  }

  setTimeout(): this {
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}
