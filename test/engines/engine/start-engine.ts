import { once } from 'node:events';
import type { RequestListener, ServerResponse } from 'node:http';
import dynalite from 'dynalite';
import { closeServer, listenOnLoopback, loopback } from '../../../local/listen';
import { sdkTransport } from '../in-process/sdk-transport';
import type { Engine } from './engine';
import { startMinistackEngine } from './start-ministack-engine';

/**
 * Starts the engine for the table: dynalite, or what the environment says. `DYNAMODB_ENGINE=ministack` starts MiniStack,
 * and `DYNAMODB_ENDPOINT` is where a DynamoDB Local already runs.
 */
export function startEngine(): Promise<Engine> {
  const { DYNAMODB_ENDPOINT: endpoint, DYNAMODB_ENGINE: name = 'dynalite' } = process.env;
  if (endpoint !== undefined)
    return Promise.resolve({ name: 'DynamoDB Local', endpoint, stop: () => Promise.resolve() });
  if (name === 'ministack') return startMinistackEngine();
  if (name !== 'dynalite') throw new Error(`DYNAMODB_ENGINE is "${name}"; it may be "dynalite" or "ministack".`);
  return startDynalite();
}

async function startDynalite(): Promise<Engine> {
  const server = dynalite({ createTableMs: 0 });
  const inProcess = sdkTransport(server.listeners('request')[0] as RequestListener);
  const open = new Set<ServerResponse>();
  server.on('request', (_request, response: ServerResponse) => {
    open.add(response);
    response.once('close', () => open.delete(response));
  });
  const endpoint = `http://${loopback}:${await listenOnLoopback(server, 0)}`;
  return {
    name: 'dynalite',
    endpoint,
    transport: inProcess,
    stop: async () => {
      // A write that the test did not wait for would end the process if it found the database closed.
      while (open.size > 0) await Promise.all([...open].map((response) => once(response, 'close')));
      await inProcess.whenIdle();
      await closeServer(server);
    },
  };
}
