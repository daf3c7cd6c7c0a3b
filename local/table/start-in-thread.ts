import { join } from 'node:path';
import * as z from 'zod/mini';
import { startThread, type OnCrash } from '../thread/start-thread';
import type { TableEngine } from './start-table-engine';

/**
 * Starts the table's engine in a thread of its own: it does a third of the work of a run.
 *
 * @throws {LocalProblem} as `startTableEngine` does
 */
export async function startTableInThread(
  folder: string,
  dropsOpenIndex: boolean,
  onCrash: OnCrash,
): Promise<TableEngine> {
  const thread = startThread(join(__dirname, 'thread.ts'), 'table', onCrash);
  try {
    const endpoint = z.string().parse(await thread.ask({ start: { folder, dropsOpenIndex } }));
    return {
      endpoint,
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
