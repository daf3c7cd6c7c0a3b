import type { AuditAction, AuditEvent } from './audit';
import { auditIds } from './audit-ids';
import { addSeconds } from './day';
import { factsOfToken } from './issue-token';
import type { Member } from './member';
import type { Token } from './token';
import { factsOfEndpoint } from './webhook-create-endpoint';
import { rotationHours, type Endpoint } from './webhook-endpoint';
import type { WebhookEvent } from './webhook-event';
import { testUlidOf } from './webhook-ids';

/**
 * Changes that a row still tells after they were made, so that a missing audit row is found and can be appended: a run's
 * own row, a delivery of a test, the thing that was created, its newest version, the newest time it was disabled, rotated
 * or revoked.
 *
 * No row tells the others, and only the log line `audit_missing` says that such an audit row is missing: deletions (nothing
 * is left), redeliveries, what changed an endpoint or switched it or a workflow on or off before the newest change, versions
 * of a workflow that were replaced before a night saw them, bindings and permissions of members, and every setting of a
 * tenant, whose item has no times.
 */
export const provableActions: ReadonlySet<AuditAction> = new Set([
  'run.cancelled',
  'run.rerun',
  'workflow.created',
  'workflow.updated',
  'endpoint.created',
  'endpoint.disabled',
  'endpoint.secret_rotated',
  'endpoint.tested',
  'token.created',
  'token.revoked',
  'member.added',
]);

/** Something a door made, with what its row tells of changes. */
export type Changed =
  | { readonly kind: 'token'; readonly token: Token }
  | { readonly kind: 'member'; readonly member: Pick<Member, 'email' | 'permissions' | 'created_at'> }
  | {
      readonly kind: 'endpoint';
      readonly endpoint: Pick<Endpoint, 'id' | 'url' | 'disabled_at' | 'disabled_reason' | 'created_at'>;
      /** Until when the secret before the current one signs; undefined when there is none. */
      readonly previousUntil: string | undefined;
    }
  | {
      readonly kind: 'workflow';
      readonly id: number;
      readonly createdAt: string;
      readonly version: number;
      /** Undefined when the version's row does not say, as rows of early releases do not. */
      readonly versionCreatedAt: string | undefined;
    };

/** The audit rows there should be for the changes that `changed` tells. Who made them it does not tell. */
export function auditOwedBy(changed: Changed): AuditEvent[] {
  switch (changed.kind) {
    case 'token': {
      const { id, created_at: createdAt, revoked_at: revokedAt, name } = changed.token;
      return [
        owed(auditIds.tokenCreated(id), createdAt, 'token.created', id, factsOfToken(changed.token)),
        ...(revokedAt === null
          ? []
          : [owed(auditIds.tokenRevoked(id, revokedAt), revokedAt, 'token.revoked', id, { name })]),
      ];
    }
    case 'member': {
      const { email, permissions, created_at: at } = changed.member;
      const facts = { permissions: permissions.join(' ') };
      return [owed(auditIds.memberAdded(email, at), at, 'member.added', `member ${email}`, facts)];
    }
    case 'endpoint':
      return owedByEndpoint(changed);
    case 'workflow':
      return owedByWorkflow(changed);
  }
}

function owedByEndpoint({ endpoint, previousUntil }: Extract<Changed, { kind: 'endpoint' }>): AuditEvent[] {
  const { id, created_at: createdAt, disabled_at: disabledAt, disabled_reason: reason } = endpoint;
  const rotatedAt = previousUntil && addSeconds(new Date(previousUntil), -rotationHours * 3600).toISOString();
  return [
    owed(auditIds.endpointCreated(id, createdAt), createdAt, 'endpoint.created', id, factsOfEndpoint(endpoint)),
    ...(disabledAt === null
      ? []
      : [owed(auditIds.endpointDisabled(id, disabledAt), disabledAt, 'endpoint.disabled', id, { reason })]),
    ...(rotatedAt === undefined
      ? []
      : [owed(auditIds.secretRotated(id, rotatedAt), rotatedAt, 'endpoint.secret_rotated', id)]),
  ];
}

function owedByWorkflow(workflow: Extract<Changed, { kind: 'workflow' }>): AuditEvent[] {
  const { id, createdAt, version, versionCreatedAt } = workflow;
  const target = `workflow ${id}`;
  return [
    owed(auditIds.workflowVersion(id, 1, createdAt), createdAt, 'workflow.created', target),
    ...(version === 1 || versionCreatedAt === undefined
      ? []
      : [
          owed(auditIds.workflowVersion(id, version, versionCreatedAt), versionCreatedAt, 'workflow.updated', target, {
            version,
          }),
        ]),
  ];
}

/** The audit row of the call that sent a test event; undefined for other events. The event knows the request. */
export function auditOwedByTest(event: WebhookEvent, deliveryId: string, endpointId: string): AuditEvent | undefined {
  const id = testUlidOf(event.id);
  if (id === undefined) return undefined;
  const row = owed(id, event.at, 'endpoint.tested', endpointId, { delivery: deliveryId });
  return { ...row, request_id: event.origin?.request_id ?? row.request_id };
}

function owed(
  id: string,
  at: string,
  action: AuditAction,
  target: string,
  facts: AuditEvent['detail'] = {},
): AuditEvent {
  const actor = { channel: 'system', name: 'reconcile' } as const;
  return { id, at, actor, action, target, request_id: 'unknown', detail: { ...facts, made_by: 'unknown' } };
}
