import { isIPv6, type Socket } from 'node:net';
import { codeOf } from './error-code';

/** Begins a TCP connection to an address, without looking anything up. */
export type Dial = (address: string) => Socket;

/** Time between the starts of two attempts, as RFC 8305 recommends in section 5. */
export const attemptDelayMs = 250;

/**
 * So many addresses of a name are tried, and so many connections are open at most while none is made. The last one is
 * begun after 15 × 250 ms = 3.75 s, so within the connect limit of 5 s there is time for a second SYN, which is sent
 * 1 s after a lost one (RFC 6298, section 2). The ten deliveries of a batch open at most 160 connections, and a Lambda
 * function may have 1,024 open files.
 */
export const maxAddresses = 16;

/**
 * Connects to one of these addresses in the spirit of RFC 8305 (Happy Eyeballs). Attempts begin one after another, the
 * next one as soon as one fails and otherwise after {@link attemptDelayMs}, and go on side by side. The first
 * connection that is made wins, and all others are destroyed.
 *
 * @returns the winner, which from then on is the caller's to destroy
 * @throws an error whose code names the codes of all failures, if every attempt failed; an error without a code, if the
 *   signal aborts first
 */
export function raceToConnect(addresses: readonly string[], dial: Dial, signal: AbortSignal): Promise<Socket> {
  const untried = inTurns(addresses).slice(0, maxAddresses);
  const racing = new Set<Socket>();
  const codes = new Set<string>();

  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;

    function tryNext(): void {
      clearTimeout(timer);
      const address = untried.shift();
      if (address === undefined) {
        if (racing.size === 0) end(() => reject(unconnected(codes)));
        return;
      }
      const socket = dial(address);
      racing.add(socket);
      socket.once('connect', () => win(socket));
      // This listener stays: a connection that was given up may still fail, and such an error concerns nobody.
      socket.on('error', (error) => lose(socket, error));
      timer = setTimeout(tryNext, attemptDelayMs);
    }

    function win(socket: Socket): void {
      if (racing.delete(socket)) end(() => resolve(socket));
    }

    function lose(socket: Socket, error: Error): void {
      if (!racing.delete(socket)) return;
      codes.add(codeOf(error));
      tryNext();
    }

    function abort(): void {
      end(() => reject(new Error('The connection is no longer wanted')));
    }

    function end(settle: () => void): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      for (const socket of racing) socket.destroy();
      racing.clear();
      settle();
    }

    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
    else tryNext();
  });
}

/**
 * Lets the families take turns, so that one that is dead or cannot be reached from here does not hold up the other
 * (RFC 8305, section 4). IPv4 begins, because a Lambda function has no route to IPv6 unless its network was given one.
 */
function inTurns(addresses: readonly string[]): string[] {
  const families = [addresses.filter((address) => !isIPv6(address)), addresses.filter((address) => isIPv6(address))];
  return addresses.flatMap((_, turn) => families.flatMap((family) => family.slice(turn, turn + 1)));
}

function unconnected(codes: ReadonlySet<string>): Error {
  return Object.assign(new Error('No address accepted a connection'), { code: [...codes].join(', ') });
}
