import type { AuditStore } from '../aws/audit';
import type { EndpointHealthStore } from '../aws/endpoint-health';
import type { AuditAction } from '../domain/audit';
import type { FireDeps } from '../domain/fire-webhook-event';
import type { Delivery } from '../domain/webhook-delivery';
import type { DisabledReason, Endpoint } from '../domain/webhook-endpoint';
import { judgeHealth } from '../domain/webhook-health';
import { isGone, type AttemptOutcome } from '../domain/webhook-outcome';
import { announceDisabled } from '../domain/webhook-system-events';
import type { Log } from '../edge/log';

export interface HealthDeps extends FireDeps {
  readonly health: EndpointHealthStore;
  readonly audit: AuditStore;
  readonly now: () => Date;
  readonly log: Log;
}

/**
 * Keeps an endpoint's record after an attempt: since when it fails, warnings on the way, and switching it off or on.
 * Most attempts change nothing and write nothing.
 *
 * @param attempted undefined when none was made, because the endpoint was disabled already
 */
export async function followHealth(
  deps: HealthDeps,
  tenantId: string,
  endpoint: Endpoint,
  attempted: { delivery: Delivery; outcome: AttemptOutcome } | undefined,
): Promise<void> {
  const now = deps.now();
  const announce = (disabled: Endpoint) => announceDisabled(deps, tenantId, disabled, now);
  // Left over by a process that died between switching it off and saying so.
  if (endpoint.status === 'disabled') await announce(endpoint);
  if (attempted === undefined) return;

  const { delivery, outcome } = attempted;
  const disable = async (reason: DisabledReason) => {
    const disabled = await deps.health.disable(tenantId, endpoint.id, reason, now.toISOString());
    if (disabled === undefined) return;
    await note(deps, tenantId, endpoint, 'endpoint.disabled', delivery, { reason });
    await announce(disabled);
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

/** What the product did by itself is audited like what people do, and worth a warning in the log. */
async function note(
  { audit, log, now }: HealthDeps,
  tenantId: string,
  endpoint: Endpoint,
  action: AuditAction,
  delivery: Delivery,
  detail: Record<string, string | number>,
): Promise<void> {
  log('warn', { event: action, tenant: tenantId, endpoint: endpoint.id, delivery: delivery.id, ...detail });
  await audit.append(tenantId, {
    at: now().toISOString(),
    actor: { channel: 'system', name: 'deliver-webhook' },
    action,
    target: endpoint.id,
    request_id: delivery.id,
    detail,
  });
}
