import * as z from 'zod/mini';
import type { DataFolder } from '../data-folder';
import { LocalProblem } from '../local-problem';
import { startInbox, type FindDelivery, type Inbox } from './start-inbox';

const inboxStateSchema = z.object({ port: z.int() });
const stateFile = 'inbox.json';

/**
 * Starts the inbox where it was before: its address is in the endpoints that were registered. The first time it goes
 * beside the API, or anywhere when that port is taken.
 */
export async function openInbox(data: DataFolder, apiPort: number, findDelivery: FindDelivery): Promise<Inbox> {
  const known = data.read(stateFile, inboxStateSchema);
  const inbox = known
    ? await startInbox(
        known.port,
        findDelivery,
        `The inbox had it before. Stop that program, or delete ${data.path} to start over.`,
      )
    : await startSomewhere(apiPort, findDelivery);
  if (!known) data.write(stateFile, { port: Number(new URL(inbox.origin).port) });
  return inbox;
}

async function startSomewhere(apiPort: number, findDelivery: FindDelivery): Promise<Inbox> {
  try {
    return await startInbox(apiPort === 0 ? 0 : apiPort + 1, findDelivery, '');
  } catch (error) {
    if (!(error instanceof LocalProblem)) throw error;
    return startInbox(0, findDelivery, '');
  }
}
