import dynalite from 'dynalite';
import type { RequestListener } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { Command } from '../../faults/simulation/sdk-command';
import { createTable } from '../../support/engines';
import { asked, askListener } from './ask-listener';
import { fromWire, operationOf, plain, toWire } from './wire';

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
      const operation = operationOf(command);
      if (operation === undefined) throw new Error(`dynalite is not asked for ${command.constructor.name}`);
      return fromWire(await request(operation, toWire(command, plain)), plain);
    },
    createTable: async (name) => {
      await request('CreateTable', createTable(name).input);
      // dynalite activates a new table after a timer of 0 ms.
      await setTimeout(1);
    },
  };
}

/** Replaces the SDK and the network between a client and dynalite's request listener. */
function withoutNetwork(listen: RequestListener) {
  return async (operation: string, request: unknown): Promise<Record<string, unknown>> => {
    const { statusCode, body } = await askListener(listen, asked(operation, request));
    const answer = JSON.parse(body);
    if (statusCode === 200) return answer;
    throw asSdkError(answer);
  };
}

function asSdkError({ __type = '', message, Message }: Record<string, string>): Error {
  const name = __type.split('#')[1] ?? __type;
  return Object.assign(new Error(message ?? Message ?? name), { name, $metadata: {} });
}
