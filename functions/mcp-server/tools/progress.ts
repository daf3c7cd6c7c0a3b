import { isPlainObject } from '../../domain/json';
import type { Run } from '../../domain/run/run';
import type { HttpReply, HttpRequest } from '../../edge/http/request';

/** Each notification repeats the token, so a longer one is not answered. Clients send numbers or short ids. */
const maxTokenCharacters = 200;

/** What a waiting call has seen of a run, for a client that wants to be told. */
export interface Progress {
  /** Notes the run as it was just read. */
  readonly note: (run: Run) => void;
  /** Puts what was noted in front of the answer. */
  readonly tell: (reply: HttpReply) => HttpReply;
}

/**
 * Progress for a call that asks for it with a `progressToken`; undefined for any other. API Gateway hands on an answer when
 * it is complete, so the notifications arrive together with the result, in the order in which things happened.
 * https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/progress
 */
export function progressOf({ body, headers }: HttpRequest): Progress | undefined {
  const token = tokenIn(body);
  if (token === undefined || !acceptsEvents(headers['accept'])) return undefined;
  const told: string[] = [];
  let last = 0;
  return {
    note: ({ steps_succeeded: succeeded, steps_failed: failed, steps_total: total }) => {
      const progress = succeeded + failed;
      // The protocol wants every value to be higher than the one before.
      if (progress <= last) return;
      last = progress;
      const params = { progressToken: token, progress, total, message: `${progress} of ${total} steps done` };
      told.push(eventOf(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/progress', params })));
    },
    tell: (reply) => {
      if (told.length === 0 || reply.status !== 200 || typeof reply.body !== 'string') return reply;
      return {
        ...reply,
        headers: { ...reply.headers, 'content-type': 'text/event-stream' },
        body: [...told, eventOf(reply.body)].join(''),
      };
    },
  };
}

function tokenIn(message: unknown): string | number | undefined {
  const params = isPlainObject(message) ? message['params'] : undefined;
  const meta = isPlainObject(params) ? params['_meta'] : undefined;
  const token = isPlainObject(meta) ? meta['progressToken'] : undefined;
  if (typeof token === 'number') return token;
  return typeof token === 'string' && token.length <= maxTokenCharacters ? token : undefined;
}

function acceptsEvents(accept = ''): boolean {
  return accept.toLowerCase().includes('text/event-stream');
}

function eventOf(data: string): string {
  return `event: message\ndata: ${data}\n\n`;
}
