import type { DataFolder } from '../data-folder';
import { startOnKeptPort } from '../kept-port';
import type { FindDelivery } from './senders';
import { startInbox, type Inbox } from './start-inbox';

/**
 * Starts the inbox on the port after the API's. Later starts use the same port again, because the address is stored in
 * registered endpoints.
 */
export function openInbox(data: DataFolder, apiPort: number, findDelivery: FindDelivery): Promise<Inbox> {
  return startOnKeptPort(data, 'inbox', apiPort === 0 ? 0 : apiPort + 1, (port, busyAdvice) =>
    startInbox(port, findDelivery, busyAdvice),
  );
}
