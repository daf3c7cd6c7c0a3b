import type { EndpointHealthStore } from '../aws/endpoint/health';
import type { AuditStore } from '../aws/tenant/audit';
import { announceDisabled } from '../domain/delivery/announce';
import type { Delivery } from '../domain/delivery/delivery';
import type { FireDeps } from '../domain/delivery/fire-event';
import { disablingUlid } from '../domain/delivery/ids';
import { isGone, type AttemptOutcome } from '../domain/delivery/outcome';
import type { DisabledReason, Endpoint } from '../domain/endpoint/endpoint';
import { judgeHealth } from '../domain/endpoint/health';
import type { AuditAction } from '../domain/tenant/audit';
import type { Log } from '../edge/log/log';

export interface HealthDeps extends FireDeps {
  readonly health: EndpointHealthStore;
  readonly audit: AuditStore;
  readonly now: () => Date;
  readonly log: Log;
}

/**
 * Updates the health of an endpoint after an attempt: since when it has been failing, the warnings before it is
 * disabled, and whether it is disabled or enabled. Most attempts change nothing and write nothing.
 *
 * @param outcome undefined when no attempt was made because the endpoint was already disabled
 */
export async function followHealth(
  deps: HealthDeps,
  tenantId: string,
  endpoint: Endpoint,
  delivery: Delivery,
  outcome: AttemptOutcome | undefined,
): Promise<void> {
  const now = deps.now();
  // Completes a disabling whose process died between disabling the endpoint and publishing that.
  await publishDisabling(deps, tenantId, endpoint, delivery);
  if (outcome === undefined) return;

  const disable = async (reason: DisabledReason) => {
    const disabled = await deps.health.disable(tenantId, endpoint.id, reason, now.toISOString());
    if (disabled !== undefined) await publishDisabling(deps, tenantId, disabled, delivery);
  };
  if (isGone(outcome) && endpoint.status === 'active') return disable('receiver_gone');

  const change = judgeHealth(endpoint, {
    succeeded: outcome.error === null,
    isTest: delivery.trigger === 'test',
    at: now,
  });
  if (change === undefined) return;
  if (change.kind === 'disable') return disable('only_failures');
  const written = await deps.health.note(tenantId, endpoint, change);
  if (written === undefined) return;
  if (change.kind === 'warn')
    await note(deps, tenantId, endpoint, 'endpoint.failing', delivery, {
      percent_of_time_to_disabling: change.percent,
    });
  if (change.kind === 'enable')
    await note(deps, tenantId, endpoint, 'endpoint.enabled', delivery, { reason: 'test_passed' });
}

/** Audits a disabling, unless a request asked for it and was audited itself, and publishes it; both happen only once. */
async function publishDisabling(
  deps: HealthDeps,
  tenantId: string,
  endpoint: Endpoint,
  delivery: Delivery,
): Promise<void> {
  const { status, disabled_at: at, disabled_reason: reason, disabling_announced: isAnnounced } = endpoint;
  if (status !== 'disabled' || isAnnounced || at === null || reason === null) return;
  if (reason !== 'by_request')
    await note(deps, tenantId, endpoint, 'endpoint.disabled', delivery, { reason }, disablingUlid(endpoint.id, at));
  await announceDisabled(deps, tenantId, endpoint, deps.now());
}

/** Audits a change that the product made by itself, as it audits those of people, and logs it as a warning. */
async function note(
  { audit, log, now }: HealthDeps,
  tenantId: string,
  endpoint: Endpoint,
  action: AuditAction,
  delivery: Delivery,
  detail: Record<string, string | number>,
  auditId?: string,
): Promise<void> {
  log('warn', { event: action, tenant: tenantId, endpoint: endpoint.id, delivery: delivery.id, ...detail });
  const entry = {
    at: now().toISOString(),
    actor: { channel: 'system', name: 'deliver-webhook' },
    action,
    target: endpoint.id,
    request_id: delivery.id,
    detail,
  } as const;
  await audit.append(tenantId, entry, auditId);
}
