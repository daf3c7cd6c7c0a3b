import dynalite from 'dynalite';
import { EventEmitter } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { Command } from '../../faults/simulation/sdk-command';
import { createTable } from '../../support/engines';
import { fromWire, toWire } from './wire';

/** A dynalite in this process, which takes the commands of the document client without the SDK and the network. */
export interface InProcess {
  readonly send: (command: Command) => Promise<Record<string, unknown>>;
  /** Creates a table of the product's shape. */
  readonly createTable: (name: string) => Promise<void>;
}

export function startInProcess(): InProcess {
  const request = withoutNetwork(dynalite({ createTableMs: 0 }).listeners('request')[0] as RequestListener);
  return {
    send: async (command) => {
      const [operation, body] = toWire(command);
      return fromWire(await request(operation, body));
    },
    createTable: async (name) => {
      await request('CreateTable', createTable(name).input);
      // dynalite activates a new table after a timer of 0 ms.
      await setTimeout(1);
    },
  };
}

type RequestListener = (request: unknown, response: unknown) => void;

const headers = {
  'content-type': 'application/x-amz-json-1.0',
  authorization: 'AWS4-HMAC-SHA256 Credential=test, SignedHeaders=host, Signature=none',
  'x-amz-date': '20261122T120000Z',
};

/** Replaces the network between a client and dynalite's request listener. */
function withoutNetwork(listen: RequestListener) {
  return (operation: string, body: unknown): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => {
      const request = Object.assign(new EventEmitter(), {
        method: 'POST',
        url: '/',
        headers: { ...headers, 'x-amz-target': `DynamoDB_20120810.${operation}` },
      });
      const response = {
        statusCode: 200,
        setHeader: () => undefined,
        end: (text: string) => {
          const answer = JSON.parse(text);
          if (response.statusCode === 200) resolve(answer);
          else reject(asSdkError(answer));
        },
      };
      listen(request, response);
      request.emit('data', Buffer.from(JSON.stringify(body)));
      request.emit('end');
    });
}

function asSdkError({ __type = '', message, Message }: Record<string, string>): Error {
  const name = __type.split('#')[1] ?? __type;
  return Object.assign(new Error(message ?? Message ?? name), { name, $metadata: {} });
}
