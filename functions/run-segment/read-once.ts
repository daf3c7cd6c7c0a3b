import type { Subscription } from '../domain/endpoint/endpoint';

interface Endpoints {
  subscriptions(tenantId: string): Promise<readonly Subscription[]>;
}

/**
 * For one segment of one run: its tenant's subscriptions are read with the first event, however many it fires. A failed
 * read is not kept.
 */
export function readOnce(endpoints: Endpoints): Endpoints {
  let read: readonly Subscription[] | undefined;
  return {
    subscriptions: async (tenantId) => (read ??= await endpoints.subscriptions(tenantId)),
  };
}
