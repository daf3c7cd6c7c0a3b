import type { OpenItem } from '../aws/run/open-items';
import type { SettlementStore } from '../aws/run/settlement';
import type { Delivery } from '../domain/delivery/delivery';
import { isLate } from '../domain/delivery/requeue-overdue';
import { recoverRun, type RecoverRunDeps } from './recover-run';

export interface RecoverItemDeps extends RecoverRunDeps {
  readonly settlement: SettlementStore;
  /** Queues an overdue delivery again; undefined when there was nothing to queue. */
  readonly requeueDelivery: (tenantId: string, deliveryId: string, now: Date) => Promise<RequeuedDelivery | undefined>;
}

type RequeuedDelivery = Pick<Delivery, 'id' | 'run_uid' | 'endpoint_id' | 'attempts_made' | 'next_attempt_at'>;

/** Does what is due for an item that the pass has taken. @param mayGoOn whether a settlement may read another page */
export async function recoverItem(deps: RecoverItemDeps, { what }: OpenItem, mayGoOn: () => boolean): Promise<void> {
  switch (what.kind) {
    case 'run':
      return recoverRun(deps, what.tenantId, what.runId);
    case 'delivery':
      return requeueDelivery(deps, what.tenantId, what.deliveryId);
    case 'tenant':
      return settleTenant(deps, what.tenantId, mayGoOn);
  }
}

async function requeueDelivery(deps: RecoverItemDeps, tenantId: string, deliveryId: string): Promise<void> {
  const now = deps.now();
  const requeued = await deps.requeueDelivery(tenantId, deliveryId, now);
  // A retry that is queued on time is nothing to look at; each attempt has a line of its own.
  if (requeued === undefined || !isLate(requeued, now)) return;
  deps.log('warn', {
    event: 'delivery_requeued',
    tenant: tenantId,
    run: requeued.run_uid ?? undefined,
    ms: deps.now().getTime() - now.getTime(),
    delivery: requeued.id,
    endpoint: requeued.endpoint_id,
    attempts: requeued.attempts_made,
  });
}

async function settleTenant(deps: RecoverItemDeps, tenantId: string, mayGoOn: () => boolean): Promise<void> {
  const { refunded } = await deps.settlement.settle(tenantId, deps.now(), mayGoOn);
  if (refunded > 0) deps.log('warn', { event: 'runs_refunded', tenant: tenantId, count: refunded });
}
