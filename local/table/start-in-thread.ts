import { MessageChannel, type MessagePort } from 'node:worker_threads';
import * as z from 'zod/mini';
import { startThread, type OnCrash } from '../thread/start-thread';
import type { TableEngine } from './start-table-engine';

export interface TableInThread extends Omit<TableEngine, 'listen'> {
  /** @returns a port to which another thread posts its requests */
  readonly openWire: () => Promise<MessagePort>;
}

/**
 * Starts the table's engine in a thread of its own.
 *
 * @param file the bundle of `thread.ts`
 * @throws {LocalProblem} as `startTableEngine` does
 */
export async function startTableInThread(
  file: string,
  folder: string,
  dropsOpenIndex: boolean,
  onCrash: OnCrash,
): Promise<TableInThread> {
  const thread = startThread(file, 'table', onCrash);
  try {
    const endpoint = z.string().parse(await thread.ask({ start: { folder, dropsOpenIndex } }));
    return {
      endpoint,
      openWire: async () => {
        const { port1, port2 } = new MessageChannel();
        await thread.ask({ wire: port1 }, [port1]);
        return port2;
      },
      stop: async () => {
        await thread.ask({ stop: true });
        await thread.stop();
      },
    };
  } catch (error) {
    await thread.stop();
    throw error;
  }
}
