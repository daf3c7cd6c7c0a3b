import type { DeliveryMessage } from '../../contract/messages';
import { errorFields, type Log } from './log';

/** Logs messages that the queue did not accept; recovery queues their deliveries again. */
export function logUnsent(log: Log): (unsent: readonly DeliveryMessage[], error: unknown) => void {
  return (unsent, error) => {
    log('warn', {
      event: 'deliveries_unsent',
      tenant: unsent[0]?.tenant_id,
      count: unsent.length,
      ...errorFields(error),
    });
  };
}
