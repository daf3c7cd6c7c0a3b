import { request, type Agent } from 'node:http';
import type { AttackRequest } from './plan';

export interface Sent {
  /** The status, and the code of the refusal if it has one. */
  readonly outcome: string;
  readonly body: string;
  readonly ms: number;
}

/** Sends one request and reads the whole answer. A broken connection is an outcome too. */
export function sendRequest(
  origin: string,
  { method, path, headers, body }: AttackRequest,
  agent: Agent,
): Promise<Sent> {
  const beganMs = performance.now();
  return new Promise((resolve) => {
    const end = (outcome: string, text = '') => {
      resolve({ outcome, body: text, ms: performance.now() - beganMs });
    };
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = request(`${origin}${path}`, { method, agent, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => {
        end('connection broken');
      });
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        end(outcomeOf(response.statusCode ?? 0, text), text);
      });
    });
    sent.on('error', () => {
      end('connection broken');
    });
    sent.end(body);
  });
}

/** A refused MCP call is answered with 200; its result says `isError`, and has the code in the second line of its text. */
export function outcomeOf(status: number, body: string): string {
  const start = body.slice(0, 2_000);
  const [, code] =
    (status < 400 ? /"text":"[^"]*?\\n([a-z_]+): [^]*"isError":true/ : /"code":"([a-z_]+)"/).exec(start) ?? [];
  if (code !== undefined) return `${status} ${code}`;
  return status < 400 && start.includes('"isError":true') ? `${status} isError` : String(status);
}

/** True for an outcome with which the product did what it was asked. */
export function isAdmitted(outcome: string): boolean {
  return /^[23]\d\d$/.test(outcome);
}
