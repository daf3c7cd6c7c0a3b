import type { Subscription } from '../domain/endpoint/endpoint';

interface Endpoints {
  subscriptions(tenantId: string): Promise<readonly Subscription[]>;
}

/**
 * Caches the subscriptions of the tenant for one segment of one run: they are read with the first event, however many
 * it fires. A failed read is not cached.
 */
export function readOnce(endpoints: Endpoints): Endpoints {
  let reading: Promise<readonly Subscription[]> | undefined;
  return {
    subscriptions: (tenantId) => {
      reading ??= endpoints.subscriptions(tenantId).catch((error: unknown) => {
        reading = undefined;
        throw error;
      });
      return reading;
    },
  };
}
