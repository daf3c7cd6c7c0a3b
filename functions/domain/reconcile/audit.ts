import type { WebhookEvent } from '../delivery/event';
import { testUlidOf } from '../delivery/ids';
import type { Endpoint } from '../endpoint/endpoint';
import type { AuditAction, AuditEvent } from '../tenant/audit';
import { auditIds } from '../tenant/audit-ids';
import { endOfApp, factsOfApp, type ConnectedApp } from '../tenant/connected-app';
import { factsOfToken } from '../tenant/issue-token';
import type { Member } from '../tenant/member';
import type { Token } from '../tenant/token';

/**
 * Changes that a stored row still proves later, so that a missing audit row is found and can be appended: the row of a
 * run, the event of a test, the created thing itself, the newest version of a workflow, the newest time at which an
 * endpoint was disabled, a secret rotated or a token revoked, and of a connected app its approval, first refresh and end.
 *
 * No row proves the other changes, so only the log line `audit_missing` reports their missing audit row: deletions, after
 * which nothing is left; redeliveries; changes and activations that store no time of their own; versions of a workflow
 * that were replaced before the nightly comparison; bindings and permissions of members; and settings of a tenant.
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
  'app.approved',
  'app.refreshed',
  'app.revoked',
  'app.reuse_detected',
  'member.added',
]);

/** A created thing, as far as its row proves changes. */
export type Changed =
  | { readonly kind: 'token'; readonly token: Token }
  | { readonly kind: 'app'; readonly app: ConnectedApp }
  | { readonly kind: 'member'; readonly member: Pick<Member, 'email' | 'created_at'> }
  | {
      readonly kind: 'endpoint';
      readonly endpoint: Pick<Endpoint, 'id' | 'disabled_at' | 'disabled_reason' | 'created_at'>;
      /** The time of the last rotation of its secret. */
      readonly rotatedAt: string | undefined;
    }
  | {
      readonly kind: 'workflow';
      readonly id: number;
      readonly createdAt: string;
      readonly version: number;
      /** Undefined if the row of the version does not contain it, as in early releases. */
      readonly versionCreatedAt: string | undefined;
    };

/**
 * The audit rows that must exist for the changes that `changed` proves. They do not say who made the change, and of the
 * facts about it they contain only those that cannot have changed since.
 */
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
    case 'app':
      return owedByApp(changed.app);
    case 'member': {
      const { email, created_at: at } = changed.member;
      return [owed(auditIds.memberAdded(email, at), at, 'member.added', `member ${email}`)];
    }
    case 'endpoint':
      return owedByEndpoint(changed);
    case 'workflow':
      return owedByWorkflow(changed);
  }
}

function owedByApp(app: ConnectedApp): AuditEvent[] {
  const { id, name, created_at: createdAt, first_refreshed_at: refreshedAt, revoked_at: endedAt } = app;
  const end = endedAt === null ? undefined : endOfApp(app, endedAt, app.revoked_because);
  return [
    owed(auditIds.appApproved(id), createdAt, 'app.approved', id, factsOfApp(app)),
    ...(refreshedAt === null
      ? []
      : [owed(auditIds.appRefreshed(id, refreshedAt), refreshedAt, 'app.refreshed', id, { name })]),
    ...(end === undefined ? [] : [owed(end.id, end.at, end.action, end.target, end.detail)]),
  ];
}

function owedByEndpoint({ endpoint, rotatedAt }: Extract<Changed, { kind: 'endpoint' }>): AuditEvent[] {
  const { id, created_at: createdAt, disabled_at: disabledAt, disabled_reason: reason } = endpoint;
  return [
    owed(auditIds.endpointCreated(id, createdAt), createdAt, 'endpoint.created', id),
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

/** The audit row of the call that sent a test event; undefined for other events. The event contains the request id. */
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
