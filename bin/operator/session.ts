import { userInfo } from 'node:os';
import { ulid } from 'ulid';
import { auditStore } from '../../functions/aws/audit';
import { deliveryStore } from '../../functions/aws/deliveries';
import { deliveryListStore } from '../../functions/aws/delivery-list';
import { endpointStore } from '../../functions/aws/endpoints';
import { memberStore } from '../../functions/aws/members';
import { reconcileReads } from '../../functions/aws/reconcile-reads';
import { reconcileRepairs } from '../../functions/aws/reconcile-repairs';
import { runListStore } from '../../functions/aws/run-list';
import { runStore } from '../../functions/aws/runs';
import { tenantStore } from '../../functions/aws/tenants';
import { tokenStore } from '../../functions/aws/tokens';
import { workflowStore } from '../../functions/aws/workflows';
import type { AuditEvent } from '../../functions/domain/audit';
import { provableActions } from '../../functions/domain/reconcile-audit';
import { overdueMinutes } from '../../functions/domain/reconcile-difference';
import { changeRecorder } from '../../functions/domain/record-change';
import { deadLetterQueue } from './dead-letter-queue';
import type { Terminal } from './terminal';
import type { Place } from './where';

export type Session = ReturnType<typeof openSession>;

/** What a command works with: the product's own stores, a way to warn and a way to leave a trace. */
export function openSession(place: Place, terminal: Terminal, json: boolean) {
  const { database } = place;
  const audit = auditStore(database);
  const actor = { channel: 'operator' as const, name: operatorName(terminal.env) };
  /** One for all that this call of the command line changes. */
  const requestId = `op_${ulid()}`;

  const warn = (sentence: string): void => {
    terminal.err(json ? `${JSON.stringify({ warning: sentence })}\n` : `Warning: ${sentence}\n`);
  };
  const record = changeRecorder({
    audit,
    onAuditMissing: (tenantId, row, error) => {
      warn(auditMissing(tenantId, row, error));
    },
  });

  return {
    terminal,
    now: terminal.now,
    tenants: tenantStore(database),
    members: memberStore(database),
    tokens: tokenStore(database),
    workflows: workflowStore(database),
    runs: runStore(database),
    runList: runListStore(database),
    endpoints: endpointStore(database),
    deliveries: deliveryStore(database),
    deliveryList: deliveryListStore(database),
    deadLetters: deadLetterQueue(place),
    audit,
    reconcile: { reads: reconcileReads(database), repairs: reconcileRepairs(database) },

    tailLogs: place.tailLogs,

    /** Tells something as it happens: a line for people, or a line of NDJSON. */
    say({ json: told, text }: { readonly json: unknown; readonly text: string }): void {
      terminal.out(`${json ? JSON.stringify(told) : text}\n`);
    },

    warn,

    /**
     * Makes a change and leaves its audit row; answers with what the change did. If the row cannot be written, the command
     * goes on and succeeds with a warning: the change is made, what it printed may be shown this once, and a script that
     * repeats a failed command would make it a second time.
     *
     * @param deedOf undefined when nothing was changed
     */
    record<Done>(
      tenantId: string,
      change: () => Promise<Done>,
      deedOf: (done: Done) => Deed | undefined,
    ): Promise<Done> {
      return record(tenantId, change, (done) => {
        const deed = deedOf(done);
        const at = terminal.now();
        return deed && { id: ulid(at.getTime()), at: at.toISOString(), actor, request_id: requestId, ...deed };
      });
    },
  };
}

/** What a command did to what. Its row has a fresh id and the time it is written, unless `auditIds` knows the change. */
type Deed = Pick<AuditEvent, 'action' | 'target' | 'detail'> & Partial<Pick<AuditEvent, 'id' | 'at'>>;

function auditMissing(tenantId: string, { action, target }: AuditEvent, error: unknown): string {
  const made = `The change was made (${action}, ${target}), but its audit row could not be written`;
  const why = error instanceof Error ? error.message : String(error);
  const remedy = provableActions.has(action)
    ? `Do not repeat it. From ${overdueMinutes} minutes on, \`reconcile ${tenantId} --fix\` appends the row`
    : 'Do not repeat it. Note who made it, when and why: nothing in the table tells, so no command can append the row';
  return `${made}: ${why}. ${remedy}.`;
}

function operatorName(env: Terminal['env']): string {
  const given = env['OPERATOR_NAME']?.trim();
  if (given !== undefined && given !== '') return given;
  try {
    return userInfo().username;
  } catch {
    // A container may run as a user nobody named.
    return 'unnamed operator';
  }
}
