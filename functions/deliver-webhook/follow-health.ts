import type { EndpointHealthStore } from '../aws/endpoint/health';
import type { AuditStore } from '../aws/tenant/audit';
import { announceDisabled } from '../domain/delivery/announce';
import type { Delivery } from '../domain/delivery/delivery';
import type { FireDeps } from '../domain/delivery/fire-event';
import { isGone, type AttemptOutcome } from '../domain/delivery/outcome';
import type { DisabledReason, Endpoint } from '../domain/endpoint/endpoint';
import { judgeHealth, type HealthChange } from '../domain/endpoint/health';
import type { AuditEvent } from '../domain/tenant/audit';
import { auditIds } from '../domain/tenant/audit-ids';
import type { RecordChange } from '../domain/tenant/record-change';
import type { Log } from '../edge/log/log';

export interface HealthDeps extends FireDeps {
  readonly health: EndpointHealthStore;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly record: RecordChange;
  readonly newUlid: () => string;
  readonly now: () => Date;
  readonly log: Log;
}

type NotedChange = Exclude<HealthChange, { kind: 'disable' }>;

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
  await noteChange(deps, tenantId, endpoint, delivery, change);
}

/**
 * Audits and publishes a disabling once, however often it is found unannounced. If either fails, the message becomes visible
 * again and the next attempt does both. A person's disabling was audited with the request.
 */
async function publishDisabling(
  deps: HealthDeps,
  tenantId: string,
  endpoint: Endpoint,
  delivery: Delivery,
): Promise<void> {
  const { status, disabled_at: at, disabled_reason: reason, disabling_announced: isAnnounced } = endpoint;
  if (status !== 'disabled' || isAnnounced || at === null || reason === null) return;
  if (reason !== 'by_request') {
    const id = auditIds.endpointDisabled(endpoint.id, at);
    const row = auditOf(deps, endpoint, delivery, { id, action: 'endpoint.disabled', detail: { reason } });
    warn(deps, tenantId, row);
    await deps.audit.append(tenantId, row);
  }
  await announceDisabled(deps, tenantId, endpoint, deps.now());
}

/** Writes a change that an attempt caused. It is audited like the changes of people, and logged as a warning. */
async function noteChange(
  deps: HealthDeps,
  tenantId: string,
  endpoint: Endpoint,
  delivery: Delivery,
  change: NotedChange,
): Promise<void> {
  const deed = deedOf(change);
  const row = deed && auditOf(deps, endpoint, delivery, { id: deps.newUlid(), ...deed });
  const after = await deps.record(
    tenantId,
    () => deps.health.note(tenantId, endpoint, change),
    (written) => written && row,
  );
  if (after !== undefined && row !== undefined) warn(deps, tenantId, row);
}

function deedOf(change: NotedChange): Pick<AuditEvent, 'action' | 'detail'> | undefined {
  if (change.kind === 'warn')
    return { action: 'endpoint.failing', detail: { percent_of_time_to_disabling: change.percent } };
  if (change.kind === 'enable') return { action: 'endpoint.enabled', detail: { reason: 'test_passed' } };
  return undefined;
}

function auditOf(
  { now }: HealthDeps,
  { id: target }: Endpoint,
  { id: deliveryId }: Delivery,
  deed: Pick<AuditEvent, 'id' | 'action' | 'detail'>,
): AuditEvent {
  const actor = { channel: 'system', name: 'deliver-webhook' } as const;
  return { ...deed, at: now().toISOString(), actor, target, request_id: deliveryId };
}

function warn({ log }: HealthDeps, tenantId: string, { action, target, request_id, detail }: AuditEvent): void {
  log('warn', { event: action, tenant: tenantId, endpoint: target, delivery: request_id, ...detail });
}
