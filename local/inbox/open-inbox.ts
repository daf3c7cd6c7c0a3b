import type { DataFolder } from '../data-folder';
import { startOnKeptPort } from '../kept-port';
import { startInbox, type FindDelivery, type Inbox } from './start-inbox';

/** Starts the inbox, beside the API and ever after in the same place: its address is in the endpoints that were registered. */
export function openInbox(data: DataFolder, apiPort: number, findDelivery: FindDelivery): Promise<Inbox> {
  return startOnKeptPort(data, 'inbox', apiPort === 0 ? 0 : apiPort + 1, (port, busyAdvice) =>
    startInbox(port, findDelivery, busyAdvice),
  );
}
