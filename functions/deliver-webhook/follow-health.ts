import type { EndpointHealthStore, WrittenVerdict } from '../aws/endpoint/health';
import type { AuditStore } from '../aws/tenant/audit';
import { announceDisabled } from '../domain/delivery/announce';
import type { Delivery } from '../domain/delivery/delivery';
import type { FireDeps } from '../domain/delivery/fire-event';
import { isGone, type AttemptOutcome } from '../domain/delivery/outcome';
import type { Endpoint } from '../domain/endpoint/endpoint';
import { judgeHealth, type HealthChange, type HealthEvidence } from '../domain/endpoint/health';
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

  await writeVerdict(deps, tenantId, endpoint, delivery, {
    succeeded: outcome.error === null,
    isGone: isGone(outcome),
    trigger: delivery.trigger,
    at: now,
  });
}

/**
 * Attempts to one endpoint end at the same time, so a write may be refused. Each refusal means that another verdict was
 * written, and after a few of them the health says the same of all attempts. A verdict that is still refused then is left
 * out; throwing would send the webhook again.
 */
const maxJudged = 5;

/**
 * Judges the endpoint that the attempt was made with. If its health has changed since, the endpoint is judged as it is
 * now; if its address or status has, the attempt says nothing about it.
 */
async function writeVerdict(
  deps: HealthDeps,
  tenantId: string,
  endpoint: Endpoint,
  delivery: Delivery,
  evidence: HealthEvidence,
): Promise<void> {
  let judged = endpoint;
  for (let tried = 0; tried < maxJudged; tried += 1) {
    const change = judgeHealth(judged, evidence);
    if (change === undefined) return;
    const { isWritten, endpoint: now } = await writeChange(deps, tenantId, judged, delivery, change);
    if (now === undefined) return;
    if (isWritten) return publishDisabling(deps, tenantId, now, delivery);
    if (now.address_mark !== endpoint.address_mark) return;
    judged = now;
  }
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
async function writeChange(
  deps: HealthDeps,
  tenantId: string,
  judged: Endpoint,
  delivery: Delivery,
  change: HealthChange,
): Promise<WrittenVerdict> {
  const deed = deedOf(change);
  const row = deed && auditOf(deps, judged, delivery, { id: deps.newUlid(), ...deed });
  const written = await deps.record(
    tenantId,
    () => deps.health.write(tenantId, judged, change.set),
    ({ isWritten }) => (isWritten ? row : undefined),
  );
  if (written.isWritten && row !== undefined) warn(deps, tenantId, row);
  return written;
}

/** A disabling is not among these, because it is audited when it is published. */
function deedOf({ kind, set }: HealthChange): Pick<AuditEvent, 'action' | 'detail'> | undefined {
  if (kind === 'warned' && set.warned_percent !== undefined)
    return { action: 'endpoint.failing', detail: { percent_of_time_to_disabling: set.warned_percent } };
  if (kind === 'enabled') return { action: 'endpoint.enabled', detail: { reason: 'test_passed' } };
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
