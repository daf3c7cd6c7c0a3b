import type { AuditStore } from '../aws/audit';
import type { EndpointHealthStore } from '../aws/endpoint-health';
import type { AuditEvent } from '../domain/audit';
import { auditIds } from '../domain/audit-ids';
import type { FireDeps } from '../domain/fire-webhook-event';
import type { RecordChange } from '../domain/record-change';
import type { Delivery } from '../domain/webhook-delivery';
import type { DisabledReason, Endpoint } from '../domain/webhook-endpoint';
import { judgeHealth, type HealthChange } from '../domain/webhook-health';
import { isGone, type AttemptOutcome } from '../domain/webhook-outcome';
import { announceDisabled } from '../domain/webhook-system-events';
import type { Log } from '../edge/log';

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
 * Keeps an endpoint's record after an attempt: since when it fails, warnings on the way, and switching it off or on.
 * Most attempts change nothing and write nothing.
 *
 * @param outcome undefined when no attempt was made, because the endpoint was disabled already
 */
export async function followHealth(
  deps: HealthDeps,
  tenantId: string,
  endpoint: Endpoint,
  delivery: Delivery,
  outcome: AttemptOutcome | undefined,
): Promise<void> {
  const now = deps.now();
  // Left over by a process that died between switching it off and saying so.
  await tellDisabling(deps, tenantId, endpoint, delivery);
  if (outcome === undefined) return;

  const disable = async (reason: DisabledReason) => {
    const disabled = await deps.health.disable(tenantId, endpoint.id, reason, now.toISOString());
    if (disabled !== undefined) await tellDisabling(deps, tenantId, disabled, delivery);
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
 * Audits and announces a disabling once, however often it is found unannounced. If either fails, the message comes back and
 * the next attempt does both. What people did was audited with it.
 */
async function tellDisabling(
  deps: HealthDeps,
  tenantId: string,
  endpoint: Endpoint,
  delivery: Delivery,
): Promise<void> {
  const { status, disabled_at: at, disabled_reason: reason, disabling_announced: told } = endpoint;
  if (status !== 'disabled' || told || at === null || reason === null) return;
  if (reason !== 'by_request') {
    const id = auditIds.endpointDisabled(endpoint.id, at);
    const row = auditOf(deps, endpoint, delivery, { id, action: 'endpoint.disabled', detail: { reason } });
    warn(deps, tenantId, row);
    await deps.audit.append(tenantId, row);
  }
  await announceDisabled(deps, tenantId, endpoint, deps.now());
}

/** Writes what an attempt changed, which is audited like what people do, and worth a warning in the log. */
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
